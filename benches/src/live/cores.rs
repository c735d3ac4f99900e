use std::{
    ffi::OsStr,
    process::{Command, Stdio},
    sync::LazyLock,
};

/// Which core a process keeps to.
#[derive(Clone, Copy, Debug)]
pub enum Core {
    /// That of the programs that make the load.
    Load,
    /// That of the servers.
    Server,
}

impl Core {
    /// A command that runs `program` on this core, or anywhere if there is no second core or no
    /// `taskset`.
    #[must_use]
    pub fn command(self, program: impl AsRef<OsStr>) -> Command {
        if !*CAN_PIN {
            return Command::new(program);
        }
        let mut command = self.taskset();
        command.arg(program);
        command
    }

    fn taskset(self) -> Command {
        let number = match self {
            Self::Load => "0",
            Self::Server => "1",
        };
        let mut command = Command::new("taskset");
        command.args(["-c", number]);
        command
    }
}

static CAN_PIN: LazyLock<bool> = LazyLock::new(|| {
    [Core::Load, Core::Server].into_iter().all(|core| {
        let status = core.taskset().arg("true").stderr(Stdio::null()).status();
        status.is_ok_and(|status| status.success())
    })
});
