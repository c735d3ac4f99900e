//! The program that holds all mutants.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::{
    Failure,
    list::Mutant,
    refused::{Refused, of_level},
    tree::{self, Tree},
};

/// Compiles again and again, each time without the mutants that the compiler complains of.
pub(crate) fn probe(
    tree: &Tree,
    mutants: &[Mutant],
    wanted: &BTreeSet<usize>,
) -> Result<Refused, Failure> {
    let mut hasher = DefaultHasher::new();
    tree.text().hash(&mut hasher);
    let sources = hasher.finish();
    let remembered = tree.home("refused.json");
    if let Ok(text) = fs::read(&remembered) {
        let refused: Refused = serde_json::from_slice(&text)?;
        if refused.sources == sources {
            tree.write(mutants, |mutant| wanted.contains(&mutant) && !refused.has(mutant))?;
            return Ok(refused);
        }
    }
    let alone = wanted.iter().copied().filter(|mutant| !tree.has_site(*mutant)).collect();
    let mut refused = Refused { alone, sources, ..Refused::default() };
    loop {
        let regions =
            tree.write(mutants, |mutant| wanted.contains(&mutant) && !refused.has(mutant))?;
        let messages = cargo(tree, &["check", "--lib"])?;
        let errors: Vec<_> =
            messages.iter().filter_map(|message| of_level(message, "error")).collect();
        println!("{} do not compile as they are", errors.len());
        if errors.is_empty() {
            refused.find_absent(&regions, &messages);
            break;
        }
        for error in errors {
            refused.blame(&regions, error)?;
        }
    }
    fs::write(remembered, serde_json::to_vec(&refused)?)?;
    Ok(refused)
}

/// The test programs by name, with all mutants in each.
pub(crate) fn tests(tree: &Tree) -> Result<BTreeMap<String, PathBuf>, Failure> {
    let messages = cargo(tree, &["test", "--no-run", "--tests"])?;
    if let Some(error) = messages.iter().find_map(|message| of_level(message, "error")) {
        return Err(error["rendered"].to_string().into());
    }
    let programs = messages.iter().filter(|message| message["profile"]["test"] == true);
    Ok(programs
        .filter_map(|message| {
            let name = message["target"]["name"].as_str()?;
            Some((name.to_owned(), PathBuf::from(message["executable"].as_str()?)))
        })
        .collect())
}

/// What cargo is told wherever it is run, by tests as well.
pub(crate) fn environment() -> Result<HashMap<&'static str, String>, std::io::Error> {
    let target = std::path::absolute(tree::home("build"))?;
    Ok(HashMap::from([
        ("CARGO_PROFILE_DEV_DEBUG", "0".to_owned()),
        ("CARGO_PROFILE_DEV_OPT_LEVEL", "1".to_owned()),
        ("CARGO_TARGET_DIR", target.display().to_string()),
    ]))
}

fn cargo(tree: &Tree, arguments: &[&str]) -> Result<Vec<Value>, Failure> {
    let output = Command::new("cargo")
        .args(arguments)
        .args(tree.features)
        .args(["-p", "tower-cors", "--message-format=json", "--quiet"])
        .current_dir(tree.root()?)
        .envs(environment()?)
        .stderr(Stdio::inherit())
        .output()?;
    let lines = output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    Ok(lines.filter_map(|line| serde_json::from_slice(line).ok()).collect())
}
