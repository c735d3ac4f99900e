//! Real files, accepted and refused, the refused ones beside their exact texts.

use std::{collections::BTreeSet, fs};

use crate::{error, files, name, read};

#[test]
fn accepted_files_build() {
    let files = files("accepted");
    assert!(files.len() >= 18, "some files are gone");
    for file in files {
        let built = read(&file).accept_dangerous_config().build();
        assert!(built.is_ok(), "{}: {}", name(&file), built.unwrap_err());
    }
}

#[test]
fn refused_files_are_told_every_problem() {
    let files = files("refused");
    assert!(files.len() >= 41, "some files are gone");
    for file in files {
        let expected = fs::read_to_string(file.with_extension("txt")).expect("its text is there");
        assert_eq!(format!("{}\n", error(read(&file))), expected, "{}", name(&file));
    }
}

/// Problems of values and of files alike.
#[test]
fn each_problem_says_where_it_stands() {
    for file in files("refused") {
        for problem in &error(read(&file)) {
            let path = problem.path().expect("all of it is from the file");
            assert!(problem.to_string().starts_with(path), "{}: {problem}", name(&file));
            assert!(!problem.to_string().contains(char::is_control), "{}", name(&file));
        }
    }
}

/// Nobody who edits a file should have to know Rust.
#[test]
fn no_advice_is_in_rust() {
    for file in files("refused") {
        let text = error(read(&file)).to_string();
        // The two that only the program can do say so.
        let text = text
            .replace("let the program call accept_dangerous_config()", "")
            .replace("write CorsLayer::very_permissive() in the program", "");
        for rust in ["::", "([", "(Any)", "(true)", "()"] {
            assert!(!text.contains(rust), "{}: {text}", name(&file));
        }
    }
}

#[test]
fn every_code_of_a_file_has_a_file() {
    let seen: BTreeSet<_> = files("refused")
        .iter()
        .flat_map(|file| error(read(file)).problems().to_vec())
        .map(|problem| problem.code())
        .collect();
    for code in [
        "dangerous-config",
        "duplicate-setting",
        "duration-too-long",
        "empty-element",
        "invalid-duration",
        "invalid-header-name",
        "invalid-method",
        "misplaced-keyword",
        "not-in-a-file",
        "unknown-key",
        "wrong-type",
    ] {
        assert!(seen.contains(code), "{code}");
    }
}
