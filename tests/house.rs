//! The house: rooms import only from the rooms above them in `src/lib.rs`, and stay small.

use std::{
    fs,
    path::{Path, PathBuf},
};

const MAX_LINES: usize = 250;

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files_under(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(path).expect("src is readable");
    entries.flat_map(|entry| files_under(&entry.expect("src is readable").path())).collect()
}

/// The rooms in the order in which `lib.rs` declares them.
fn rooms() -> Vec<String> {
    let face = fs::read_to_string(source().join("lib.rs")).expect("lib.rs is readable");
    let declarations = face.lines().map(|line| line.strip_prefix("pub ").unwrap_or(line));
    let rooms = declarations.filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'));
    rooms.map(str::to_owned).collect()
}

/// The room that a file belongs to: `src/policy.rs` and `src/policy/…` are one.
fn room_of(file: &Path) -> String {
    let path = file.strip_prefix(source()).expect("the file is in src");
    let first = path.components().next().expect("a file has a name");
    let name = Path::new(first.as_os_str()).file_stem().expect("a file has a name");
    name.to_str().expect("names are ASCII").to_owned()
}

/// The rooms that a source text names: `crate::policy::Policy`, or `policy` in a group
/// `use crate::{config::…, policy::…}`. Links in docs are no imports.
fn imports_of(text: &str, rooms: &[String]) -> Vec<String> {
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut imports = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let named =
            if rest.starts_with('{') { first_segments(rest) } else { vec![identifier(rest)] };
        imports.extend(
            named
                .into_iter()
                .filter(|name| rooms.iter().any(|room| room == name))
                .map(str::to_owned),
        );
    }
    imports
}

fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// The names at the first level of `{a::{b, c}, d::e}`: `a` and `d`.
fn first_segments(group: &str) -> Vec<&str> {
    let mut depth = 0;
    let mut segments = Vec::new();
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && matches!(character, '{' | ',') {
            segments.push(identifier(group[at + 1..].trim_start()));
        }
    }
    segments
}

#[test]
fn rooms_import_only_from_rooms_above_them() {
    let rooms = rooms();
    assert_eq!(
        rooms,
        [
            "origin", "classify", "config", "policy", "decide", "decorate", "explain", "trace",
            "future", "service", "layer", "reload", "serde", "testing", "guide"
        ]
    );
    let floor = |room: &str| rooms.iter().position(|known| known == room);
    let mut arrows = 0;
    for file in files_under(&source()) {
        let room = room_of(&file);
        let text = fs::read_to_string(&file).expect("src is readable");
        for import in imports_of(&text, &rooms).iter().filter(|import| **import != room) {
            arrows += 1;
            assert!(
                floor(import) < floor(&room) || room == "lib",
                "{} imports {import}",
                file.display()
            );
        }
    }
    assert!(arrows > 20, "the test has lost sight of the imports: it sees {arrows}");
}

#[test]
fn imports_are_seen_in_groups_and_paths() {
    let rooms = ["config", "origin", "policy"].map(str::to_owned);
    let text = "use crate::{\n    config::{Any, Vary},\n    policy::Policy,\n};\nfn f(o: crate::origin::Origin) {}\n/// [`x`](crate::layer)";
    assert_eq!(imports_of(text, &rooms), ["config", "policy", "origin"]);
}

/// They came with Rust 1.88, and no lint holds a newer compiler to the minimum supported version.
#[test]
fn no_file_uses_let_chains() {
    for file in files_under(&source()) {
        let text = fs::read_to_string(&file).expect("src is readable");
        assert!(!text.contains("&& let "), "{}", file.display());
    }
}

#[test]
fn files_stay_small() {
    for file in files_under(&source()) {
        let lines = fs::read_to_string(&file).expect("src is readable").lines().count();
        assert!(lines <= MAX_LINES, "{} has {lines} lines", file.display());
    }
}
