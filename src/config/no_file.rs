//! Without the feature `serde` nothing comes from a file.

use super::{Problem, Settings, Warning};

#[derive(Clone, Debug, Default)]
pub(crate) struct File;

impl File {
    pub(crate) fn forget(&mut self, _setting: &'static str) {}

    pub(crate) fn key(&self, _setting: &'static str) -> Option<&str> {
        None
    }
}

pub(crate) fn problems(
    settings: &Settings,
    check: impl Fn(&Settings) -> Vec<Problem>,
) -> Vec<Problem> {
    check(settings)
}

pub(crate) fn warnings(_settings: &Settings, warnings: Vec<Warning>) -> Vec<Warning> {
    warnings
}
