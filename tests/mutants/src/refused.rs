//! Whom the compiler complains of.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::rewrite::{Part, Region};

/// What the compiler says of each mutant that is not in the program.
#[derive(Default, Deserialize, Serialize)]
pub(crate) struct Refused {
    /// Not compiled with these features.
    pub(crate) absent: BTreeSet<usize>,
    /// Would perhaps compile alone, but not as one of several: in constants, say.
    pub(crate) alone: BTreeSet<usize>,
    pub(crate) unviable: BTreeSet<usize>,
    /// The sources that this is true of.
    pub(crate) sources: u64,
}

/// What of each file belongs to which mutant.
pub(crate) type Regions = BTreeMap<String, Vec<Region>>;

impl Refused {
    pub(crate) fn has(&self, mutant: usize) -> bool {
        [&self.absent, &self.alone, &self.unviable].iter().any(|set| set.contains(&mutant))
    }

    /// Finds whom an error is about.
    pub(crate) fn blame(&mut self, regions: &Regions, error: &Value) -> Result<(), String> {
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

    /// Finds the mutants whose switch the compiler does not warn of.
    pub(crate) fn find_absent(&mut self, regions: &Regions, messages: &[Value]) {
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
            switches.get(file).is_none_or(|starts| starts.range(range).next().is_none())
        };
        let sites = |(file, regions): (&String, &Vec<Region>)| -> Vec<usize> {
            let switched = regions.iter().filter(|region| region.part != Part::Own);
            switched.filter(|region| is_absent(file, region)).map(|region| region.mutant).collect()
        };
        self.absent = regions.iter().flat_map(sites).collect();
    }
}

/// A message about a place.
pub(crate) fn of_level<'a>(message: &'a Value, level: &str) -> Option<&'a Value> {
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
