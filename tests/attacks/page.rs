//! What `docs/attacks.md` says was tried: the test of each line is there, and each test has a line.

use std::{collections::BTreeSet, fs, path::Path};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page() -> String {
    fs::read_to_string(root().join("docs/attacks.md")).expect("the page is there")
}

/// The last cell of each row, but of heads.
fn tests(page: &str) -> impl Iterator<Item = &str> {
    let rows = page.lines().filter(|line| line.starts_with("| ") && !line.ends_with("| test |"));
    rows.filter_map(|row| row.trim_end_matches(" |").rsplit(" | ").next())
}

/// Whether a table has a row of that name, or a source file a function or a case.
fn has(file: &str, name: &str) -> bool {
    let text = fs::read_to_string(root().join(file)).expect("the file is there");
    if file.ends_with(".tsv") {
        return text.lines().any(|line| line.split('\t').next() == Some(name));
    }
    [format!("fn {name}("), format!("\"{name}\"")].iter().any(|form| text.contains(form))
}

#[test]
fn every_attempt_has_a_test() {
    let page = page();
    for cell in tests(&page) {
        let mut proofs = 0;
        for of_file in cell.split("; ") {
            let (file, names) = of_file.split_once(": ").expect("names follow a file");
            for name in names.split("`, `") {
                let (file, name) = (file.trim_matches('`'), name.trim_matches('`'));
                assert!(has(file, name), "{file} has no {name}");
                proofs += 1;
            }
        }
        assert!(proofs > 0, "{cell}");
    }
    assert!(tests(&page).count() >= 25, "{} attempts are found", tests(&page).count());
}

#[test]
fn every_test_has_an_attempt() {
    let page = page();
    let named: BTreeSet<_> = page.split('`').collect();
    for file in ["http2", "nginx", "poisoning", "raw"] {
        let path = root().join(format!("tests/attacks/{file}.rs"));
        let text = fs::read_to_string(path).expect("the file is there");
        let tests = text.split("test]\n").skip(1).filter_map(|test| {
            let name = test.split_once("fn ")?.1;
            name.split('(').next()
        });
        for test in tests {
            assert!(named.contains(test), "{test} is not in the page");
        }
    }
}
