//! What the guides say of browsers, a test shows. The claim names it in a comment behind itself:
//! `<!-- shown by tests/… "words of the test" -->`, which does not begin a line.

use std::{collections::BTreeSet, fs, path::Path};

/// What `docs/` has besides guides.
const NO_GUIDES: [&str; 5] = ["assurance", "attacks", "comparison", "performance", "threat-model"];

/// Words that make a claim.
const BROWSERS: [&str; 10] = [
    "browser", "browsers", "Browser", "Browsers", "Chrome", "Chromium", "Edge", "Firefox",
    "Safari", "WebKit",
];

/// Guide, beginning of a claim that no test shows, and why none does.
const EXCEPTIONS: [(&str, &str, &str); 4] = [
    ("local-network-access", "| Chrome |", LINKED),
    ("local-network-access", "| Edge |", LINKED),
    ("local-network-access", "| Safari |", LINKED),
    ("local-network-access", "In the [draft before]", LINKED),
];
const LINKED: &str = "it is about other versions than those at hand, and links to its source";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The name of each page in `docs/`, and its text.
fn pages() -> Vec<(String, String)> {
    let entries = fs::read_dir(root().join("docs")).expect("docs is readable");
    let paths = entries.map(|entry| entry.expect("docs is readable").path());
    let pages = paths.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let named = pages.map(|path| {
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        (name, fs::read_to_string(path).expect("pages are readable"))
    });
    named.collect()
}

fn guides() -> Vec<(String, String)> {
    let mut pages = pages();
    pages.retain(|(name, _)| !NO_GUIDES.contains(&name.as_str()));
    pages
}

/// Headings, paragraphs, list items and rows of tables, each on one line. Code is left out, and so
/// are the heads of tables.
fn blocks(page: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    let mut is_code = false;
    for line in page.lines().map(str::trim) {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        if is_code || is_fence || line.is_empty() {
            blocks.push(String::new());
        } else if line.starts_with("|--") {
            blocks.pop();
            blocks.push(String::new());
        } else if line.starts_with(['|', '#']) || is_item(line) {
            blocks.push(line.to_owned());
        } else {
            let block = blocks.last_mut().expect("there is one");
            *block = format!("{block} {line}").trim_start().to_owned();
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

fn is_item(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with("- ") || (number.len() < line.len() && number.starts_with(". "))
}

/// A text without what stands between two others, and all of that.
fn split_off<'a>(text: &'a str, open: &str, close: &str) -> (String, Vec<&'a str>) {
    let (mut kept, mut inner, mut rest) = (String::new(), Vec::new(), text);
    while let Some((before, after)) = rest.split_once(open) {
        let Some((between, behind)) = after.split_once(close) else {
            break;
        };
        kept.push_str(before);
        inner.push(between);
        rest = behind;
    }
    (kept + rest, inner)
}

fn comments(text: &str) -> Vec<&str> {
    split_off(text, "<!--", "-->").1
}

/// Path and words of the test that a comment on one line names.
fn marker(comment: &str) -> Option<(&str, &str)> {
    let (path, words) = comment.trim().strip_prefix("shown by ")?.split_once(' ')?;
    Some((path, words.trim().strip_prefix('"')?.strip_suffix('"')?))
}

/// Whether it speaks of browsers, in other places than code and addresses.
fn is_claim(block: &str) -> bool {
    let (prose, _) = split_off(block, "<!--", "-->");
    let (prose, _) = split_off(&prose, "`", "`");
    let (prose, _) = split_off(&prose, "](", ")");
    let is_definition = prose.starts_with('[') && prose.contains("]: ");
    let mut words = prose.split(|c: char| !c.is_alphanumeric());
    !block.starts_with('#') && !is_definition && words.any(|word| BROWSERS.contains(&word))
}

fn is_shown(block: &str) -> bool {
    comments(block).into_iter().any(|comment| marker(comment).is_some())
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text has these words, and no part of others.
fn has_words(text: &str, words: &str) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(words).any(|(at, _)| {
        let (before, behind) = (&text[..at], &text[at + words.len()..]);
        !is_part(before.chars().next_back()) && !is_part(behind.chars().next())
    })
}

#[test]
fn claims_about_browsers_name_their_test() {
    let mut claims = 0;
    let mut unshown = Vec::new();
    for (guide, page) in guides() {
        let is_excepted = |claim: &String| {
            let mut exceptions = EXCEPTIONS.iter().filter(|(of, ..)| *of == guide);
            exceptions.any(|(_, beginning, _)| claim.starts_with(beginning))
        };
        for claim in blocks(&page).into_iter().filter(|block| is_claim(block)) {
            claims += 1;
            if !is_shown(&claim) && !is_excepted(&claim) {
                unshown.push(format!("docs/{guide}.md: {claim}"));
            }
        }
    }
    assert!(unshown.is_empty(), "{} claims without a test:\n{}", unshown.len(), unshown.join("\n"));
    assert!(claims > 9, "the test has lost sight of the claims: it sees {claims}");
}

#[test]
fn exceptions_are_needed() {
    let guides = guides();
    for (guide, beginning, why) in EXCEPTIONS {
        let page = guides.iter().find(|(name, _)| name == guide);
        let blocks = page.map(|(_, page)| blocks(page)).unwrap_or_default();
        let is_meant =
            |block: &&String| block.starts_with(beginning) && is_claim(block) && !is_shown(block);
        assert_eq!(blocks.iter().filter(is_meant).count(), 1, "{guide}: {beginning}: {why}");
    }
}

#[test]
fn the_tests_that_are_named_exist() {
    for (page, text) in pages() {
        let is_marker = |comment: &&str| comment.trim().starts_with("shown");
        let text = on_one_line(&text);
        for comment in comments(&text).into_iter().filter(is_marker) {
            let named = marker(comment);
            let (path, words) = named.unwrap_or_else(|| panic!("docs/{page}.md: <!--{comment}-->"));
            let is_test = path.starts_with("tests/") || path.starts_with("examples/");
            let test = fs::read_to_string(root().join(path)).unwrap_or_default();
            assert!(
                is_test && has_words(&on_one_line(&test), words),
                "docs/{page}.md: {path} has no {words:?}"
            );
        }
    }
}

/// There it would end the paragraph.
#[test]
fn no_comment_begins_a_line() {
    for (guide, page) in guides() {
        let mut lines = page.lines().map(str::trim);
        assert!(lines.all(|line| !line.starts_with("<!--")), "docs/{guide}.md");
    }
}

#[test]
fn every_guide_is_in_rustdoc() {
    let room = fs::read_to_string(root().join("src/guide.rs")).expect("guide.rs is readable");
    let (_, included) = split_off(&room, "include_str!(\"../docs/", ".md\")");
    let modules =
        room.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(" {}"));
    let modules: Vec<_> = modules.map(|module| module.replace('_', "-")).collect();
    assert_eq!(included, modules, "a module has the name of its guide");
    let included: BTreeSet<_> = included.into_iter().map(str::to_owned).collect();
    let guides: BTreeSet<_> = guides().into_iter().map(|(name, _)| name).collect();
    assert_eq!(included, guides);
}

#[test]
fn claims_are_seen_in_all_that_is_prose() {
    let page = "# A browser's heading\n\nA page in a\nbrowser. <!-- shown by tests/a.rs \"b c\" -->\n\n\
                | a browser | b |\n|---|---|\n| C | in Firefox |\n| D | `Browser` |\n\n\
                - Edge\n- at the edge\n1. in [it](https://x.example/Chrome)\n  and Safari\n\n\
                ```text\nChrome\n```\n\n[`Browser`]: crate::testing::Browser\n";
    let claims: Vec<_> = blocks(page).into_iter().filter(|block| is_claim(block)).collect();
    let expected = [
        "A page in a browser. <!-- shown by tests/a.rs \"b c\" -->",
        "| C | in Firefox |",
        "- Edge",
        "1. in [it](https://x.example/Chrome) and Safari",
    ];
    assert_eq!(claims, expected);
    assert_eq!(
        claims.iter().map(|claim| is_shown(claim)).collect::<Vec<_>>(),
        [true, false, false, false]
    );
    assert_eq!(marker(comments(&claims[0])[0]), Some(("tests/a.rs", "b c")));
    assert!(has_words("fn a_b() {}", "a_b") && !has_words("fn a_b() {}", "a"));
}
