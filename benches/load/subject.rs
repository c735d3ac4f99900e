use std::{env, io::Result, process::Command};

use tower_cors_benches::live::{Core, Server};

/// One server, with or without the layer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Subject {
    WithLayer,
    Without,
    /// The same as `Without`: how far its ratio is from 1 is the noise.
    WithoutAgain,
    /// With a layer whose policy is replaced.
    Reloaded,
    /// The same on all cores, with ten thousand origins in each policy.
    Soaked,
}

impl Subject {
    const ALL: [Self; 5] =
        [Self::WithLayer, Self::Without, Self::WithoutAgain, Self::Reloaded, Self::Soaked];

    /// Those that are compared; the first is what the others are compared with.
    pub(crate) const CONTENDERS: [Self; 4] =
        [Self::Without, Self::WithoutAgain, Self::WithLayer, Self::Reloaded];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Reloaded => "with the layer, reloaded",
            Self::Soaked => "soaked",
            Self::WithLayer => "with the layer",
            Self::Without => "without",
            Self::WithoutAgain => "without, again",
        }
    }

    /// How many origins a policy has beside those that ask.
    pub(crate) fn other_origins(self) -> usize {
        if self == Self::Soaked { 10_000 } else { 10 }
    }

    /// Starts it in a process of its own.
    pub(crate) fn start(self) -> Result<Server> {
        let program = env::current_exe()?;
        let mut command = match self {
            Self::Soaked => Command::new(program),
            _ => Core::Server.command(program),
        };
        Server::start(command.args(["--serve", self.name()]))
    }
}
