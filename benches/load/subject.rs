use std::{env, io::Result, process::Command};

use tower_cors_benches::live::{Core, Server};

/// One server, with or without the layer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Subject {
    /// Without the layer, but handlers that say what it would.
    ByHand,
    /// With a layer whose policy is replaced.
    Reloaded,
    /// The same on all cores, with ten thousand origins in each policy.
    Soaked,
    WithLayer,
    Without,
}

impl Subject {
    const ALL: [Self; 5] =
        [Self::ByHand, Self::Reloaded, Self::Soaked, Self::WithLayer, Self::Without];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::ByHand => "headers by hand",
            Self::Reloaded => "with the layer, reloaded",
            Self::Soaked => "soaked",
            Self::WithLayer => "with the layer",
            Self::Without => "without",
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
