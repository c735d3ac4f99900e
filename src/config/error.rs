use std::{error::Error, fmt, slice, sync::Arc};

use super::Problem;

/// Every [`Problem`] of a configuration that does not build, the first setting's first.
///
/// Its text has one line for each. `Debug` prints the same text: that is what `main` and `unwrap`
/// show.
#[derive(Clone)]
pub struct ConfigError(Arc<[Problem]>);

impl ConfigError {
    pub(crate) fn new(problems: Vec<Problem>) -> Self {
        Self(problems.into())
    }

    /// The problems, at least one.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.0
    }
}

impl<'a> IntoIterator for &'a ConfigError {
    type Item = &'a Problem;
    type IntoIter = slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid CORS configuration")?;
        self.into_iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

impl fmt::Debug for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for ConfigError {}
