//! Links of the pages lead somewhere: in the repository, and in rustdoc, where the guides are read,
//! too.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Where the guides' links lead in rustdoc. A definition that comes first counts.
const IN_RUSTDOC: &str = include_str!("../src/guide/links.md");
const GUIDES: &str = include_str!("../src/guide.rs");
const DOCS_RS: &str = "https://docs.rs/tower-cors/latest/tower_cors/";
const DOCS_OF_STD: &str = "https://doc.rust-lang.org/std/";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn pages() -> Vec<PathBuf> {
    let docs = fs::read_dir(root().join("docs")).expect("docs is readable");
    let mut pages: Vec<_> = docs.map(|entry| entry.expect("docs is readable").path()).collect();
    pages.retain(|page| page.extension().is_some_and(|extension| extension == "md"));
    pages.extend(["README.md", "CONTRIBUTING.md", "SECURITY.md"].map(|name| root().join(name)));
    pages
}

/// A page without its code.
fn prose(page: &Path) -> String {
    let text = fs::read_to_string(page).expect("the page is readable");
    let mut is_code = false;
    let lines = text.lines().filter(|line| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// `[label]: target`, line by line.
fn definitions(text: &str) -> BTreeMap<&str, &str> {
    text.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: ")).collect()
}

/// What follows each `](` up to `)`.
fn inline_targets(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

/// The labels of `[text][label]`.
fn labels(text: &str) -> impl Iterator<Item = &str> {
    text.split("][").skip(1).filter_map(|rest| rest.split(']').next())
}

/// The ids that GitHub and rustdoc give to headings, and those that are written.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let slug = |heading: &str| {
        let heading = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = heading.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    let written = text.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    headings.map(slug).chain(written.map(str::to_owned)).collect()
}

/// Whether a target of a page is there, if it is in this repository.
fn is_there(page: &Path, target: &str) -> bool {
    if target.contains("://") {
        return true;
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let file = match path {
        "" => page.to_owned(),
        path => page.with_file_name(path),
    };
    file.exists() && (anchor.is_empty() || anchors(&prose(&file)).contains(anchor))
}

#[test]
fn links_within_the_repository_lead_somewhere() {
    let mut seen = 0;
    for page in pages() {
        let text = prose(&page);
        let targets = inline_targets(&text).chain(definitions(&text).into_values());
        for target in targets.map(|target| target.trim_matches(['<', '>'])) {
            seen += 1;
            assert!(is_there(&page, target), "{}: {target}", page.display());
        }
    }
    assert!(seen > 100, "the links are lost: there are {seen}");
}

#[test]
fn each_link_of_a_guide_is_defined_for_the_repository_and_for_rustdoc() {
    let in_rustdoc = definitions(IN_RUSTDOC);
    let mut used = BTreeSet::new();
    for page in pages() {
        let name = page.file_stem().and_then(|name| name.to_str()).expect("names are ASCII");
        if !GUIDES.contains(&format!("/docs/{name}.md")) {
            continue;
        }
        let text = prose(&page);
        assert!(!text.contains("](crate"), "{name} has a link for rustdoc alone");
        let defined = definitions(&text);
        for label in labels(&text) {
            assert!(defined.contains_key(label), "{name} does not define [{label}]");
        }
        for (label, target) in defined.into_iter().filter(|(_, target)| is_ours(target)) {
            used.insert(label.to_owned());
            let there =
                in_rustdoc.get(label).unwrap_or_else(|| panic!("{label} is not in rustdoc"));
            assert_eq!(named(there), named(target), "{label}");
        }
    }
    let unused: Vec<_> = in_rustdoc.keys().filter(|label| !used.contains(**label)).collect();
    assert!(unused.is_empty() && used.len() > 20, "{unused:?} are no labels of any guide");
}

/// Whether a target is elsewhere in rustdoc.
fn is_ours(target: &str) -> bool {
    !target.contains("://") || target.starts_with(DOCS_RS) || target.starts_with(DOCS_OF_STD)
}

/// The words by which a target names something, whether in the way of Rust, of rustdoc's files or of
/// this repository's.
fn named(target: &str) -> Vec<&str> {
    const FORM: [&str; 13] = [
        "", "crate", "default", "enum", "guide", "html", "index", "md", "method", "std", "struct",
        "trait", "variant",
    ];
    let target =
        [DOCS_RS, DOCS_OF_STD].iter().find_map(|site| target.strip_prefix(site)).unwrap_or(target);
    let words = target.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !FORM.contains(word)).collect()
}
