//! `uncovered.tsv` names what the sources have, each with a reason.

use std::{error::Error, fs};

use tower_cors_coverage::{listed, workspace};

#[test]
fn the_list_is_of_today() -> Result<(), Box<dyn Error>> {
    for (event, why) in listed()? {
        assert!(!why.is_empty(), "no reason: {event}");
        let source = fs::read_to_string(workspace().join(&event.file))?;
        assert!(source.lines().any(|line| line.contains(&event.text)), "it is gone: {event}");
    }
    Ok(())
}
