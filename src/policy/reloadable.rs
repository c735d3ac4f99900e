use std::sync::{Arc, PoisonError};

use super::{
    Policy, PolicyChange, problems,
    sync::{ArcSwap, Mutex, MutexGuard},
};
use crate::config::{ConfigError, Problem, Settings};

/// A policy that can be replaced while it is served.
#[derive(Debug)]
pub(crate) struct Reloadable {
    policy: ArcSwap<Policy>,
    /// Those of the policy. Whoever replaces it holds them, so that changes follow one another.
    settings: Mutex<Settings>,
}

impl Reloadable {
    pub(crate) fn compile(settings: &Settings) -> Result<Self, ConfigError> {
        let policy = ArcSwap::from_pointee(compile(settings)?);
        Ok(Self { policy, settings: Mutex::new(settings.clone()) })
    }

    pub(crate) fn load(&self) -> Arc<Policy> {
        self.policy.load_full()
    }

    /// What the policy of now was made from.
    pub(crate) fn settings(&self) -> Settings {
        self.lock().clone()
    }

    /// Replaces the policy, if the settings have no problem.
    pub(crate) fn replace(&self, settings: &Settings) -> Result<PolicyChange, ConfigError> {
        let mut policy = compile(settings)?;
        let mut current = self.lock();
        let old = self.load();
        policy.succeed(&old);
        let change = PolicyChange::between((&current, &old), (settings, &policy));
        self.policy.store(Arc::new(policy));
        *current = settings.clone();
        Ok(change)
    }

    fn lock(&self) -> MutexGuard<'_, Settings> {
        // They are replaced in one step, so a panic leaves them whole.
        self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn compile(settings: &Settings) -> Result<Policy, ConfigError> {
    let mut problems = problems(settings);
    problems.extend((!settings.branches.is_empty()).then(Problem::when_in_reloadable));
    problems.extend(settings.is_reloadable.then(Problem::reloadable_twice));
    if problems.is_empty() {
        Ok(Policy::from_valid(&Settings { is_reloadable: true, ..settings.clone() }))
    } else {
        Err(ConfigError::new(problems))
    }
}
