//! The public API of `tower-cors` as text, a line per item: what there is without features, and what
//! each feature adds.

use std::{collections::HashSet, error::Error};

mod cargo;
pub use cargo::nightly_is_missing;

/// Lists the public API, without features and by feature.
///
/// # Errors
///
/// If cargo or rustdoc fail, or if a feature takes something away.
pub fn listing() -> Result<String, Box<dyn Error>> {
    let bare = items(&[])?;
    let mut listing = section("without features", &bare, &[]);
    let mut known = bare.clone();
    for feature in cargo::features()? {
        let with = items(&["--features", &feature])?;
        if let Some(taken) = bare.iter().find(|item| !with.contains(item)) {
            return Err(format!("the feature {feature} takes away or changes: {taken}").into());
        }
        listing += &section(&format!("{feature} adds"), &with, &bare);
        known.extend(with);
    }
    listing += &section("several features together add", &items(&["--all-features"])?, &known);
    Ok(listing)
}

fn section(title: &str, items: &[String], known: &[String]) -> String {
    let known: HashSet<&String> = known.iter().collect();
    let new = items.iter().filter(|item| !known.contains(item));
    new.fold(format!("# {title}\n"), |section, item| section + item + "\n")
}

/// The items of one build, as they are declared, each type's together.
fn items(features: &[&str]) -> Result<Vec<String>, Box<dyn Error>> {
    let api = public_api::Builder::from_rustdoc_json(cargo::rustdoc(features)?)
        .omit_blanket_impls(true)
        .build()?;
    let items = api.items().map(ToString::to_string);
    Ok(items.filter(|item| is_promised(item)).collect())
}

/// Whether a program can name the item, or rely on it, with a stable compiler.
fn is_promised(item: &str) -> bool {
    let unstable = ["Freeze", "StructuralPartialEq", "UnsafeUnpin"];
    let is_unstable = |name: &&str| item.contains(&format!("core::marker::{name} for"));
    // Modules of documentation, which only rustdoc sees.
    !item.starts_with("pub mod tower_cors::guide") && !unstable.iter().any(is_unstable)
}
