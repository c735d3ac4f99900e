use std::{collections::HashSet, fs, path::Path};

use crate::{module::Module, workspace};

/// A call that panics.
#[derive(Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Site {
    /// In this crate relative to the workspace, elsewhere after the name of its crate.
    pub(crate) file: String,
    /// The source line in this crate; elsewhere what is called, as its lines are not ours to list.
    pub(crate) call: String,
}

/// Those that a served request leads to.
const ROOTS: [&str; 3] =
    ["17tower_cors_panics10poll_ready", "17tower_cors_panics4call", "17tower_cors_panics4poll"];

/// Parts of the mangled names of functions that panic, the more telling first.
const PANICKING: [&str; 16] = [
    "panic_bounds_check",
    "panic_const",
    "panic_fmt",
    "panic_display",
    "panic_str",
    "assert_failed",
    "begin_panic",
    "4core9panicking",
    "unwrap_failed",
    "expect_failed",
    "slice_index_fail",
    "slice_error_fail",
    "len_mismatch_fail",
    "capacity_overflow",
    "panic_already",
    "handle_error",
];

/// All panicking calls that are reachable from the roots.
pub(crate) fn reachable(module: &Module) -> Vec<Site> {
    let is_root = |name: &&str| ROOTS.iter().any(|root| name.contains(root));
    let mut open: Vec<&str> = module.functions.keys().map(String::as_str).filter(is_root).collect();
    assert!(open.len() >= ROOTS.len(), "the roots are compiled: {open:?}");
    let (mut seen, mut sites) = (HashSet::new(), Vec::new());
    while let Some(name) = open.pop() {
        if panicking(name).is_some() || !seen.insert(name) {
            continue;
        }
        if let Some(body) = module.functions.get(name) {
            open.extend(body.iter().flatten().map(String::as_str));
            sites.extend(body.iter().filter_map(|names| site(module, names)));
        } else if let Some(constant) = module.constants.get(name) {
            open.extend(constant.names.iter().map(String::as_str));
        }
    }
    sites
}

fn panicking(name: &str) -> Option<&'static str> {
    PANICKING.into_iter().find(|part| name.contains(part))
}

/// The call in a line that names these, if it panics.
fn site(module: &Module, names: &[String]) -> Option<Site> {
    let called = names.iter().find_map(|name| panicking(name))?;
    Some(match names.iter().find_map(|name| module.location(name)) {
        Some((file, number)) if Path::new(&file).is_relative() => {
            let text = fs::read_to_string(workspace().join(&file)).unwrap_or_default();
            let call = text.lines().nth(number - 1).unwrap_or_default().trim().to_owned();
            Site { file, call }
        }
        Some((file, _)) => Site { file: after_the_registry(&file), call: called.to_owned() },
        None => Site { file: "std".to_owned(), call: called.to_owned() },
    })
}

/// `…/http-1.5.0/src/header/map.rs` without what differs between machines and versions.
fn after_the_registry(file: &str) -> String {
    for (marker, depth) in [("/registry/src/", 1), ("/library/", 0)] {
        if let Some((_, rest)) = file.split_once(marker) {
            let components: Vec<_> = rest.split('/').skip(depth).map(without_version).collect();
            return components.join("/");
        }
    }
    file.to_owned()
}

fn without_version(component: &str) -> &str {
    let is_version = |at: &usize| component[at + 1..].starts_with(|c: char| c.is_ascii_digit());
    let dash = component.match_indices('-').map(|(at, _)| at).find(is_version);
    &component[..dash.unwrap_or(component.len())]
}

/// As they are listed, but for the reasons.
pub(crate) fn rows(sites: &[&Site]) -> String {
    sites.iter().map(|Site { file, call }| format!("{file}\t{call}\t\n")).collect()
}
