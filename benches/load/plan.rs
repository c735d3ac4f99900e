use std::{io, num::NonZero};

const USAGE: &str = "\
usage: load [--seconds NUMBER] [--rounds NUMBER] [--check]
  --seconds  for how long everything is sent at once; 5 if not given
  --rounds   how often each contender is measured afterwards; one for each 40 seconds if not given
  --check    fail also if a ratio is beyond its bar";

/// What was asked for on the command line.
pub(crate) struct Plan {
    pub(crate) seconds: NonZero<u32>,
    pub(crate) rounds: NonZero<u32>,
    pub(crate) ratios: Ratios,
}

/// What becomes of a ratio beyond its bar: another machine's load may be the reason.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Ratios {
    Fail,
    Told,
}

impl Plan {
    pub(crate) fn parse(arguments: &[String]) -> io::Result<Self> {
        let (mut seconds, mut rounds, mut ratios) = (positive("5")?, None, Ratios::Told);
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(usage).and_then(|text| positive(text));
            match argument.as_str() {
                "--check" => ratios = Ratios::Fail,
                "--rounds" => rounds = Some(value()?),
                "--seconds" => seconds = value()?,
                _ => return Err(usage()),
            }
        }
        let in_proportion = || NonZero::new(seconds.get() / 40).unwrap_or(NonZero::<u32>::MIN);
        let rounds = rounds.unwrap_or_else(in_proportion);
        Ok(Self { seconds, rounds, ratios })
    }
}

fn positive(text: &str) -> io::Result<NonZero<u32>> {
    text.parse().map_err(|_| usage())
}

fn usage() -> io::Error {
    io::Error::other(USAGE)
}
