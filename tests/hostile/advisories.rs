//! What `docs/threat-model.md` says of other libraries' faults: each is cited, and each row or test
//! that keeps it out is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use crate::table::references;

/// A paragraph of the list, a fault or some of one kind.
fn entries(page: &str) -> Vec<String> {
    let (_, faults) = page.split_once("\n## Origins compared in part").expect("it is a heading");
    let paragraphs = faults.split("\n- [").skip(1);
    paragraphs
        .map(|text| text.split("\n\n").next().unwrap_or_default().replace('\n', " "))
        .collect()
}

/// The names and addresses of what is cited.
fn cited(entry: &str) -> Vec<(&str, &str)> {
    let names = entry.split("](").zip(entry.split("](").skip(1));
    let cited = names.map(|(before, after)| {
        let name = before.rsplit('[').next().unwrap_or_default();
        (name, after.split(')').next().unwrap_or_default())
    });
    cited.collect()
}

/// The rows and tests by the files that they are in: `` `tests/a.rs`: `b`, `c` ``.
fn proofs(entry: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut proofs = BTreeMap::<_, Vec<_>>::new();
    let mut file = None;
    for (place, text) in entry.split('`').enumerate() {
        if place % 2 == 1 && text.starts_with("tests/") {
            file = Some(text);
        } else if place % 2 == 1 {
            proofs.entry(file.unwrap_or_default()).or_default().push(text);
        }
    }
    // What is quoted before the first file is part of the sentence.
    proofs.remove("");
    proofs
}

/// Whether a table has a row of that name, or a source file a function or a case.
fn has(file: &Path, name: &str) -> bool {
    let text = fs::read_to_string(file).expect("the file is there");
    if file.extension().is_some_and(|extension| extension == "tsv") {
        text.lines().any(|line| line.split('\t').next() == Some(name))
    } else {
        [format!("fn {name}("), format!("\"{name}\"")].iter().any(|form| text.contains(form))
    }
}

fn page() -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/threat-model.md");
    fs::read_to_string(page).expect("the page is there")
}

#[test]
fn every_fault_is_cited_and_kept_out() {
    let page = page();
    let mut names = BTreeSet::new();
    for entry in entries(&page).iter().map(|entry| format!("[{entry}")) {
        let (cited, proofs) = (cited(&entry), proofs(&entry));
        assert!(!cited.is_empty() && !proofs.is_empty(), "{entry}");
        for (name, address) in cited {
            assert!(address.starts_with("https://"), "{name}: {address}");
            assert!(names.insert(name.to_owned()), "{name} is twice there");
        }
        for (file, names) in proofs {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
            assert!(!names.is_empty(), "{file}: {entry}");
            for name in names {
                assert!(has(&path, name), "{file} has no {name}");
            }
        }
    }
    assert!(names.len() >= 45, "{} faults are found", names.len());
}

/// And what the rows refer to as an advisory is among them.
#[test]
fn every_advisory_of_the_rows_is_mapped() {
    let page = page();
    let entries = entries(&page);
    let is_advisory = |key: &&&str| key.starts_with("CVE-") || key.starts_with("GHSA-");
    for key in references().keys().filter(is_advisory) {
        assert!(entries.iter().any(|entry| entry.contains(*key)), "{key} is not mapped");
    }
}
