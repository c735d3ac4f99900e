//! The guide to migrating.

const PAGE: &str = include_str!("../../../../docs/migrating.md");

/// Holds the section about a library to its version, and to the names of all its options.
pub(crate) fn names_all<'a>(library: &str, version: &str, options: impl Iterator<Item = &'a str>) {
    let (_, section) = PAGE.split_once(&format!("\n## From {library}\n")).expect("it has one");
    let section = section.split("\n## ").next().unwrap_or_default();
    assert!(section.contains(&format!("Version {version} of ")), "{library} is {version} now");
    let mut count = 0;
    for option in options {
        count += 1;
        assert!(section.contains(&format!("`{option}")), "{library}: {option}");
    }
    assert!(count > 7, "{library} has lost its options: {count} are left");
}
