use std::fmt;

use super::fault::Fault;
use crate::testing::exchange::Exchange;

/// One fault of a service. It prints a line: what is wrong; how to mend it.
#[derive(Clone, Debug)]
pub struct Finding {
    pub(super) fault: Fault,
    pub(super) wrong: String,
    pub(super) fix: String,
    pub(super) exchanges: Vec<Exchange>,
}

impl Finding {
    /// What is wrong.
    #[must_use]
    pub fn fault(&self) -> &Fault {
        &self.fault
    }

    /// A short name of the fault that stays the same.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.fault.code()
    }

    /// How to mend it.
    #[must_use]
    pub fn fix(&self) -> &str {
        &self.fix
    }

    /// The exchanges that show it.
    #[must_use]
    pub fn exchanges(&self) -> &[Exchange] {
        &self.exchanges
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { wrong, fix, .. } = self;
        write!(f, "{wrong}; {fix}")
    }
}
