//! What is told about an export.

use std::{collections::BTreeMap, error::Error, fs, path::Path};

use serde_json::{Value, json};
use tower_cors_coverage::{Event, Report, What};

const SOURCE: &str = "\
fn covered() {
    if a && b {
        c();
    }
}

#[cfg(test)]
mod tests {}
";

/// The report of one file, whose lines and conditions were counted like this.
fn report(name: &str, segments: &Value, branches: &Value) -> Result<Report, Box<dyn Error>> {
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(package.join("src"))?;
    let package = package.canonicalize()?;
    let file = package.join("src/lib.rs");
    fs::write(&file, SOURCE)?;
    let file = json!({ "filename": file, "segments": segments, "branches": branches });
    let other = json!({ "filename": package.join("tests/other.rs") });
    Report::read(&json!({ "data": [{ "files": [other, file] }] }).to_string(), &package)
}

/// The body runs twice, what is behind the condition never, and the tests' module neither.
fn segments() -> Value {
    json!([
        [1, 1, 2, true, true, false],
        [2, 15, 0, true, true, false],
        [3, 13, 2, true, false, false],
        [5, 2, 0, false, false, false],
        [8, 1, 0, true, true, false],
        [8, 13, 0, false, false, false],
    ])
}

/// `a` holds in one instance and fails in another; `b` never holds.
fn branches() -> Value {
    json!([
        [2, 8, 2, 9, 1, 0, 0, 0, 4],
        [2, 13, 2, 14, 0, 1, 0, 0, 4],
        [2, 8, 2, 9, 0, 1, 0, 0, 4],
        [2, 13, 2, 14, 0, 0, 0, 0, 4],
    ])
}

fn event(text: &str, what: What) -> Event {
    Event { file: "src/lib.rs".to_owned(), text: text.to_owned(), what }
}

fn list(events: &[Event]) -> BTreeMap<Event, String> {
    events.iter().map(|event| (event.clone(), "it cannot be".to_owned())).collect()
}

#[test]
fn what_never_happens_is_told_unless_listed() -> Result<(), Box<dyn Error>> {
    let report = report("unlisted", &segments(), &branches())?;
    assert_eq!(report.to_string(), "covered: 4 of 5 lines, 3 of 4 branches");
    let few = "under 98 % of branches";
    let never = [event("c();", What::Runs), event("b", What::Holds)];
    assert_eq!(
        report.complaints(&list(&[])),
        [
            "line 3, not in tests/coverage/uncovered.tsv: src/lib.rs\tc();\truns",
            "line 2, not in tests/coverage/uncovered.tsv: src/lib.rs\tb\tholds",
            few,
        ]
    );
    assert_eq!(report.complaints(&list(&never)), [few]);
    Ok(())
}

#[test]
fn what_is_listed_and_happens_is_told() -> Result<(), Box<dyn Error>> {
    let once = json!([[1, 1, 1, true, true, false], [5, 2, 0, false, false, false]]);
    let report = report("listed", &once, &json!([]))?;
    assert_eq!(report.to_string(), "covered: 5 of 5 lines, 0 of 0 branches");
    assert_eq!(
        report.complaints(&list(&[event("c();", What::Runs)])),
        ["covered, and yet in tests/coverage/uncovered.tsv: src/lib.rs\tc();\truns"]
    );
    Ok(())
}

#[test]
fn an_export_of_nothing_is_an_error() {
    let error = report("nothing", &json!([]), &json!([])).err().map(|error| error.to_string());
    assert_eq!(error.as_deref(), Some("nothing of src/ is exported"));
    let error =
        report("changed", &json!([[1, 1]]), &json!([])).err().map(|error| error.to_string());
    assert_eq!(error.as_deref(), Some("src/lib.rs is misread"));
}
