use std::{fmt, slice};

use super::finding::Finding;
use crate::testing::exchange::Exchange;

/// What an [`Examination`](super::Examination) has found. It prints every finding with the
/// exchanges that show it.
#[derive(Clone, Debug)]
#[must_use]
pub struct Report {
    pub(super) findings: Vec<Finding>,
    pub(super) exchanges: Vec<Exchange>,
}

impl Report {
    /// The faults, the worst first.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    /// Asserts that nothing is wrong.
    ///
    /// # Panics
    ///
    /// If something is, with every finding and the exchanges that show it.
    #[track_caller]
    pub fn assert_clean(&self) {
        assert!(self.is_clean(), "the service has faults\n{self}");
    }

    /// Everything that went over the wire, in order.
    #[must_use]
    pub fn exchanges(&self) -> &[Exchange] {
        &self.exchanges
    }
}

impl<'a> IntoIterator for &'a Report {
    type Item = &'a Finding;
    type IntoIter = slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.findings.iter()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_clean() {
            return writeln!(f, "nothing found in {} exchanges", self.exchanges.len());
        }
        self.findings.iter().try_for_each(|finding| {
            writeln!(f, "\n{}: {finding}", finding.code())?;
            finding.exchanges.iter().try_for_each(|exchange| write!(f, "\n{exchange}"))
        })
    }
}
