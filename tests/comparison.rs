//! Each cell of the comparison has its evidence, and ours is where the page says.

use std::{collections::BTreeMap, fs, path::Path};

const PAGE: &str = include_str!("../docs/comparison.md");
const README: &str = include_str!("../README.md");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The table whose rows are numbered: its libraries, and how many cells each row has for them.
fn table() -> (Vec<&'static str>, BTreeMap<u32, usize>) {
    let cells = |row: &'static str| row.trim_matches('|').split('|').map(str::trim);
    let mut lines = PAGE.lines().skip_while(|line| !line.starts_with("|  | |"));
    let libraries = cells(lines.next().expect("the table is there")).skip(2).collect();
    let rows = lines.skip(1).take_while(|line| line.starts_with('|'));
    let numbered = rows.map(|row| {
        let number = cells(row).next().and_then(|cell| cell.parse().ok());
        let filled = cells(row).skip(2).filter(|cell| !cell.is_empty()).count();
        (number.expect("the first cell is a number"), filled)
    });
    (libraries, numbered.collect())
}

/// The notes by their numbers, each on one line.
fn notes() -> BTreeMap<u32, String> {
    let mut notes: BTreeMap<u32, String> = BTreeMap::new();
    let (_, text) = PAGE.split_once("\n## Notes\n").expect("the page has notes");
    for line in text.lines().map(str::trim) {
        let started = line.split_once(". ").and_then(|(number, _)| number.parse().ok());
        match started {
            Some(number) => assert!(notes.insert(number, line.to_owned()).is_none(), "{number}"),
            None => {
                if let Some(mut last) = notes.last_entry() {
                    *last.get_mut() = format!("{} {line}", last.get());
                }
            }
        }
    }
    notes
}

/// What a note says of a library, up to the next one.
fn said_of<'a>(library: &str, note: &'a str, libraries: &[&str]) -> &'a str {
    let (_, said) = note.split_once(&format!("*{library}*: ")).unwrap_or_default();
    let ends = libraries.iter().filter_map(|other| said.find(&format!("*{other}*: ")));
    &said[..ends.min().unwrap_or(said.len())]
}

fn code_of(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn every_cell_has_its_evidence() {
    let (libraries, rows) = table();
    let notes = notes();
    assert!(libraries.len() == 8 && rows.len() > 20, "the table is lost");
    assert!(rows.keys().eq(notes.keys()));
    for (number, note) in &notes {
        assert_eq!(rows[number], libraries.len(), "row {number}");
        for library in &libraries {
            let said = said_of(library, note, &libraries);
            assert!(said.contains('`') || said.contains("]("), "note {number} on {library}");
        }
    }
}

#[test]
fn our_evidence_is_where_it_is_said_to_be() {
    let (libraries, _) = table();
    for (number, note) in notes() {
        let ours = said_of("tower-cors", &note, &libraries);
        let paths = code_of(ours).filter(|code| !code.contains(' '));
        let mut found = 0;
        for code in paths {
            let (path, test) =
                code.split_once("::").map_or((code, None), |(path, test)| (path, Some(test)));
            let text = fs::read_to_string(root().join(path));
            let text = text.unwrap_or_else(|error| panic!("note {number}: {path}: {error}"));
            let is_there = test.is_none_or(|test| text.contains(&format!("fn {test}(")));
            assert!(is_there, "note {number}: {code}");
            found += 1;
        }
        assert!(found > 0, "note {number} names no file of ours");
    }
}

/// The cells of a row of the README without their links, and the number of the note that it leads to.
fn row_of_the_readme(line: &str) -> Option<(&str, Vec<&str>)> {
    let (_, rest) = line.split_once("(docs/comparison.md#note-")?;
    let (number, cells) = rest.split_once(") |")?;
    let cells = cells.trim_end_matches('|').split('|').map(|cell| {
        let cell = cell.trim().trim_start_matches('[');
        cell.split("](").next().unwrap_or(cell)
    });
    Some((number, cells.collect()))
}

#[test]
fn the_readme_says_the_same() {
    let rows: Vec<_> = README.lines().filter_map(row_of_the_readme).collect();
    assert!(rows.len() > 10, "the table is lost");
    for (number, cells) in rows {
        let row = PAGE.lines().find(|line| line.starts_with(&format!("| {number} |")));
        let row = row.unwrap_or_else(|| panic!("there is no row {number}"));
        let compared: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
        assert_eq!(cells, compared[2..2 + cells.len()], "row {number}");
    }
}

#[test]
fn nothing_is_said_of_private_networks() {
    let files = fs::read_dir(root().join("src/layer")).expect("src is readable");
    for file in files.map(|file| file.expect("src is readable").path()) {
        let text = fs::read_to_string(&file).expect("src is readable");
        assert!(text.contains("impl CorsLayer") && !text.contains("private_network"));
    }
}
