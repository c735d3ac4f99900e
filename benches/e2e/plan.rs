use std::{io, num::NonZero};

use crate::stack::Stack;

const USAGE: &str = "\
usage: e2e [--quick] [--rounds NUMBER] [--seconds NUMBER] [--stack NAME]
  --quick    two rounds, to see that everything works
  --rounds   how often each server is put under load; 11 if not given
  --seconds  for how long each time; 1 if not given
  --stack    only the stacks whose name contains this: axum, hyper, actix-web, HTTP/2";

/// What was asked for on the command line.
pub(crate) struct Plan {
    pub(crate) rounds: NonZero<u32>,
    pub(crate) seconds: NonZero<u32>,
    stack: String,
}

impl Plan {
    pub(crate) fn parse(arguments: &[String]) -> io::Result<Self> {
        let mut plan =
            Self { rounds: positive("11")?, seconds: positive("1")?, stack: String::new() };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(usage);
            match argument.as_str() {
                "--quick" => plan.rounds = positive("2")?,
                "--rounds" => plan.rounds = positive(value()?)?,
                "--seconds" => plan.seconds = positive(value()?)?,
                "--stack" => plan.stack.clone_from(value()?),
                _ => return Err(usage()),
            }
        }
        if plan.stacks().next().is_none() { Err(usage()) } else { Ok(plan) }
    }

    pub(crate) fn stacks(&self) -> impl Iterator<Item = Stack> {
        Stack::ALL.into_iter().filter(|stack| stack.name().contains(&self.stack))
    }
}

fn positive(text: &str) -> io::Result<NonZero<u32>> {
    text.parse().map_err(|_| usage())
}

fn usage() -> io::Error {
    io::Error::other(USAGE)
}
