//! What can panic while a request is served: `remaining.tsv` lists the calls that the optimizer leaves
//! in, each with the reason why it is never reached.
//!
//! The crate and all that it depends on are compiled to LLVM's intermediate representation, and every
//! function is followed that `poll_ready`, `call` or `poll` names, directly or through a table.
//! Limits: std is followed where it is generic, not where it comes compiled; an inner service's and a
//! predicate's own code is theirs; memory that runs out aborts and is not looked for. Another compiler
//! may leave in more, which are then to be listed.

mod compiled;
mod module;
mod site;

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fs,
    path::Path,
};

use crate::{module::Module, site::Site};

/// Relative to the workspace.
const LIST: &str = "tests/panics/tests/remaining/remaining.tsv";

/// The one that a caller can reach, by polling a response that is ready.
const POLLED_AGAIN: &str = "`ResponseFuture` is not polled after it is ready";

fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The listed sites, each with its reason.
fn listed() -> Result<BTreeMap<Site, String>, Box<dyn Error>> {
    let list = fs::read_to_string(workspace().join(LIST))?;
    let mut rows = BTreeMap::new();
    for row in list.lines().skip(1) {
        let [file, call, reason] = row.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("not three columns: {row}").into());
        };
        let site = Site { file: file.to_owned(), call: call.to_owned() };
        assert!(rows.insert(site, reason.to_owned()).is_none(), "twice: {row}");
    }
    Ok(rows)
}

#[test]
fn every_panicking_call_of_the_request_path_is_listed() -> Result<(), Box<dyn Error>> {
    let mut found = BTreeSet::new();
    for features in ["", "reload,tracing"] {
        let module = Module::read(&compiled::directory(features)?)?;
        found.extend(site::reachable(&module));
    }
    let listed = listed()?;
    let unlisted: Vec<_> = found.iter().filter(|site| !listed.contains_key(site)).collect();
    assert!(unlisted.is_empty(), "not in {LIST}:\n{}", site::rows(&unlisted));
    assert!(found.iter().any(|site| site.call.contains(POLLED_AGAIN)), "the search sees nothing");
    Ok(())
}

#[test]
fn the_list_is_of_today() -> Result<(), Box<dyn Error>> {
    for (site, reason) in listed()? {
        assert!(!reason.is_empty(), "{site:?} has no reason");
        if site.file.starts_with("src/") {
            let text = fs::read_to_string(workspace().join(&site.file))?;
            assert!(text.lines().any(|line| line.trim() == site.call), "{site:?} is gone");
        }
    }
    Ok(())
}
