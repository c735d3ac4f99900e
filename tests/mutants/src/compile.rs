//! The program that holds all mutants.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
    process::{Command, Stdio},
};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    list::Mutant,
    pool::Failure,
    rewrite::{Part, Region},
    tree::{self, Tree},
};

/// What the compiler says of each mutant that is not in the program.
#[derive(Default, Deserialize, Serialize)]
pub(crate) struct Refused {
    /// Not compiled with all features.
    pub(crate) absent: BTreeSet<usize>,
    /// Would perhaps compile alone, but not as one of several: in constants, say.
    pub(crate) alone: BTreeSet<usize>,
    pub(crate) unviable: BTreeSet<usize>,
    /// The sources that this is true of.
    sources: u64,
}

type Regions = BTreeMap<String, Vec<Region>>;

impl Refused {
    pub(crate) fn has(&self, mutant: usize) -> bool {
        [&self.absent, &self.alone, &self.unviable].iter().any(|set| set.contains(&mutant))
    }

    fn blame(&mut self, regions: &Regions, error: &Value) -> Result<(), String> {
        let spans = error["spans"].as_array().into_iter().flatten();
        let (primary, others): (Vec<_>, Vec<_>) =
            spans.partition(|span| span["is_primary"] == true);
        let find =
            |part: Part| primary.iter().chain(&others).find_map(|span| blamed(regions, span, part));
        if let Some(mutants) = find(Part::Own) {
            self.unviable.extend(mutants);
            return Ok(());
        }
        let arm = || primary.iter().find_map(|span| last_arm(regions, span, error));
        let mutants =
            arm().or_else(|| find(Part::Site)).ok_or_else(|| error["rendered"].to_string())?;
        self.alone.extend(mutants);
        Ok(())
    }
}

/// Compiles again and again, each time without the mutants that the compiler complains of.
pub(crate) fn probe(tree: &Tree, mutants: &[Mutant]) -> Result<Refused, Failure> {
    let mut hasher = DefaultHasher::new();
    tree.text().hash(&mut hasher);
    let sources = hasher.finish();
    let remembered = tree::home("refused.json");
    if let Ok(text) = fs::read(&remembered) {
        let refused: Refused = serde_json::from_slice(&text)?;
        if refused.sources == sources {
            tree.write(mutants, |mutant| !refused.has(mutant))?;
            return Ok(refused);
        }
    }
    let alone = (0..mutants.len()).filter(|mutant| !tree.has_site(*mutant)).collect();
    let mut refused = Refused { alone, sources, ..Refused::default() };
    loop {
        let regions = tree.write(mutants, |mutant| !refused.has(mutant))?;
        let messages = cargo(&["check", "--lib"])?;
        let errors: Vec<_> =
            messages.iter().filter_map(|message| of_level(message, "error")).collect();
        println!("{} do not compile as they are", errors.len());
        if errors.is_empty() {
            refused.absent = absent(&regions, &messages);
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
pub(crate) fn tests() -> Result<BTreeMap<String, PathBuf>, Failure> {
    let messages = cargo(&["test", "--no-run", "--tests"])?;
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
    let target = tree::root()?.with_file_name("build");
    Ok(HashMap::from([
        ("CARGO_PROFILE_DEV_DEBUG", "0".to_owned()),
        ("CARGO_PROFILE_DEV_OPT_LEVEL", "1".to_owned()),
        ("CARGO_TARGET_DIR", target.display().to_string()),
    ]))
}

fn cargo(arguments: &[&str]) -> Result<Vec<Value>, Failure> {
    let output = Command::new("cargo")
        .args(arguments)
        .args(["-p", "tower-cors", "--all-features", "--message-format=json", "--quiet"])
        .current_dir(tree::root()?)
        .envs(environment()?)
        .stderr(Stdio::inherit())
        .output()?;
    let lines = output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    Ok(lines.filter_map(|line| serde_json::from_slice(line).ok()).collect())
}

fn of_level<'a>(message: &'a Value, level: &str) -> Option<&'a Value> {
    let message = &message["message"];
    // The last ones count the others.
    (message["level"] == level
        && message["spans"].as_array().is_some_and(|spans| !spans.is_empty()))
    .then_some(message)
}

/// The mutants in whose smallest region a span begins.
fn blamed(regions: &Regions, span: &Value, part: Part) -> Option<Vec<usize>> {
    let start = usize::try_from(span["byte_start"].as_u64()?).ok()?;
    let around = regions.get(span["file_name"].as_str()?)?.iter();
    let around: Vec<_> =
        around.filter(|region| region.part == part && region.range.contains(&start)).collect();
    let smallest = around.iter().map(|region| region.range.len()).min()?;
    Some(
        around
            .iter()
            .filter(|region| region.range.len() == smallest)
            .map(|region| region.mutant)
            .collect(),
    )
}

/// The last arm with a new guard, of a match that is not exhaustive with it.
fn last_arm(regions: &Regions, span: &Value, error: &Value) -> Option<Vec<usize>> {
    if error["code"]["code"] != "E0004" {
        return None;
    }
    let hints = error["children"].as_array()?.iter().filter_map(|hint| hint["spans"].as_array());
    let ends = hints.flatten().filter(|hint| hint["file_name"] == span["file_name"]);
    let end = usize::try_from(ends.filter_map(|hint| hint["byte_end"].as_u64()).max()?).ok()?;
    let start = usize::try_from(span["byte_start"].as_u64()?).ok()?;
    let arms = regions.get(span["file_name"].as_str()?)?.iter();
    let arms = arms
        .filter(|region| region.part == Part::Guard && (start..end).contains(&region.range.start));
    let last = arms.max_by_key(|region| region.range.start)?;
    Some(vec![last.mutant])
}

/// Mutants whose switch the compiler does not warn of.
fn absent(regions: &Regions, messages: &[Value]) -> BTreeSet<usize> {
    let mut switches: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for warning in messages.iter().filter_map(|message| of_level(message, "warning")) {
        if warning["code"]["code"] == "deprecated" {
            let span = &warning["spans"][0];
            let file = span["file_name"].as_str().unwrap_or_default();
            switches.entry(file).or_default().extend(span["byte_start"].as_u64());
        }
    }
    let is_absent = |file: &str, region: &Region| {
        let range = region.range.start as u64..region.range.end as u64;
        !switches.get(file).is_some_and(|starts| starts.range(range).next().is_some())
    };
    let sites = |(file, regions): (_, &Vec<Region>)| -> Vec<usize> {
        let switched = regions.iter().filter(|region| region.part != Part::Own);
        switched.filter(|region| is_absent(file, region)).map(|region| region.mutant).collect()
    };
    regions.iter().flat_map(|(file, regions)| sites((file, regions))).collect()
}
