//! From a remark to texts without it.

use toml_edit::Value;
use tower_cors::Missing;

use crate::{
    corrections::{Fix, Mending},
    edits::{add, remove_setting, set},
    places::Places,
    spans::{About, Place, Source},
};

/// Ways to do without a remark, the likeliest first.
pub(crate) fn fixes(
    source: &Source<'_>,
    about: &About,
    place: Option<&Place<'_>>,
    places: &Places,
) -> Vec<Fix> {
    let Some(place) = place else {
        return whole_policy_fixes(source, about, places);
    };
    let mending = Mending { source, about, place };
    let mut fixes = mending.corrections(places);
    fixes.extend(mending.leave_out().filter(|_| !is_about_others(about.code)));
    fixes.extend(settings_to_change(source, about, places));
    fixes
}

/// Whether it is not for the place of the remark to change.
fn is_about_others(code: &str) -> bool {
    const OF_ORIGINS: [&str; 3] =
        ["any-origin-with-credentials", "mirrored-origin-with-credentials", "no-origin"];
    OF_ORIGINS.contains(&code) || code.starts_with("enforced-")
}

/// What would let a refused request through.
pub(crate) fn allow(text: &str, missing: &Missing) -> Option<Fix> {
    add_to(text, missing.setting(), missing.values())
}

/// Adds names, methods or origins to what a policy allows.
pub(crate) fn add_to(text: &str, setting: &str, values: &[String]) -> Option<Fix> {
    let source = Source::parse(text).ok()?;
    let quoted: Vec<_> = values.iter().map(|value| format!("\"{value}\"")).collect();
    let label = format!("add {} to {setting}", quoted.join(", "));
    Some(Fix::new(label, add(&source, setting, values)))
}

fn whole_policy_fixes(source: &Source<'_>, about: &About, places: &Places) -> Vec<Fix> {
    match about.code {
        "no-origin" => vec![list_app(source, places)],
        _ => Vec::new(),
    }
}

/// What is changed elsewhere in the policy, since the remark is about two settings.
fn settings_to_change(source: &Source<'_>, about: &About, places: &Places) -> Vec<Fix> {
    let without =
        |setting: &str| Fix::new(format!("leave out {setting}"), remove_setting(source, setting));
    match about.code {
        "credential-header-for-any-origin" | "no-origin" => vec![list_app(source, places)],
        "enforced-any-origin" | "enforced-mirrored-origin" => {
            vec![list_app(source, places), without_enforcement(source, about)]
        }
        "any-origin-with-credentials" | "mirrored-origin-with-credentials" => {
            vec![list_app(source, places), without("allow_credentials")]
        }
        code if code.ends_with("-with-credentials") => vec![without("allow_credentials")],
        _ => Vec::new(),
    }
}

fn list_app(source: &Source<'_>, places: &Places) -> Fix {
    let label = format!("allow \"{}\" alone", places.app);
    Fix::new(label, set(source, "allow_origins", &Value::from_iter([places.app.as_str()])))
}

/// The preset enforces, too.
fn without_enforcement(source: &Source<'_>, about: &About) -> Fix {
    let without = remove_setting(source, "enforce_origins");
    let has_mcp = source
        .entries_of("mcp")
        .any(|(_, item)| item.as_bool() == Some(true) || item.as_str() == Some("true"));
    match (Source::parse(&without), has_mcp) {
        (Ok(rest), true) if about.setting == "mcp" => {
            Fix::new("leave out mcp", remove_setting(&rest, "mcp"))
        }
        (Ok(rest), true) => {
            Fix::new("leave out enforce_origins and mcp", remove_setting(&rest, "mcp"))
        }
        _ => Fix::new("leave out enforce_origins", without),
    }
}
