mod counts;
mod end_to_end;
mod timings;

use std::{fs, io, path::Path};

use serde::{Deserialize, de::DeserializeOwned};

pub(crate) use self::{
    counts::Counts,
    end_to_end::{EndToEnd, Row},
    timings::Timings,
};

/// What the benchmarks found, as far as they have run.
pub(crate) struct Results {
    pub(crate) allocations: Option<Counts>,
    pub(crate) end_to_end: Option<EndToEnd>,
    pub(crate) instructions: Option<Counts>,
    pub(crate) time: Option<Timings>,
    pub(crate) tracing: Option<Counts>,
}

/// The middle of some numbers, and their lower and upper quartile.
#[derive(Clone, Copy, Deserialize)]
pub(crate) struct Quartiles {
    pub(crate) low: f64,
    pub(crate) median: f64,
    pub(crate) high: f64,
}

impl Results {
    pub(crate) fn read(folder: &Path) -> io::Result<Self> {
        Ok(Self {
            allocations: read(&folder.join("allocations.json"))?,
            end_to_end: read(&folder.join("e2e.json"))?,
            instructions: read(&folder.join("instructions.json"))?,
            time: read(&folder.join("time.json"))?,
            tracing: read(&folder.join("tracing.json"))?,
        })
    }
}

/// What a contender's costs are over.
pub(crate) fn baseline(contender: &str) -> &'static str {
    if contender == "actix-cors" { "actix-web" } else { "inner" }
}

fn read<T: DeserializeOwned>(path: &Path) -> io::Result<Option<T>> {
    let named =
        |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            eprintln!("warning: without {}, its sections are left out", path.display());
            return Ok(None);
        }
        Err(error) => return Err(named(error)),
    };
    serde_json::from_str(&text).map(Some).map_err(|error| named(error.into()))
}

/// Each name once, in the order in which they come.
fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = Vec::new();
    for name in names {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen
}
