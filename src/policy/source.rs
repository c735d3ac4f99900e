use std::sync::Arc;

#[cfg(feature = "reload")]
use super::Reloadable;
use super::{Policy, problems};
use crate::config::{Branch, ConfigError, Problem, Settings, Target};

/// Where a service reads its policy from.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// It is one for all requests.
    Policy(Arc<Policy>),
    /// It is one of several.
    Selector(Arc<Selector>),
}

/// Which policy a request is for.
#[derive(Debug)]
pub(crate) enum Selector {
    /// It depends on the target.
    Branches(Branches),
    /// It is the one of now.
    #[cfg_attr(not(feature = "reload"), expect(dead_code, reason = "none can be made"))]
    Reloadable(Arc<Reloadable>),
}

/// Policies for some of the targets, and one for the others.
#[derive(Debug)]
pub(crate) struct Branches {
    branches: Vec<(Branch, Arc<Policy>)>,
    otherwise: Arc<Policy>,
}

impl Source {
    pub(crate) fn compile(settings: &Settings) -> Result<Self, ConfigError> {
        let mut problems = problems(settings);
        if settings.is_reloadable {
            problems.push(Problem::changed_after_reloadable());
        }
        for (index, Branch { settings, .. }) in settings.branches.iter().enumerate() {
            let problems_of_branch = branch_problems(settings);
            problems.extend(problems_of_branch.into_iter().map(|problem| problem.of_branch(index)));
        }
        if !problems.is_empty() {
            return Err(ConfigError::new(problems));
        }
        let policy = Arc::new(Policy::from_valid(settings));
        if settings.branches.is_empty() {
            return Ok(Self::Policy(policy));
        }
        let branches = Branches::of(settings, policy);
        Ok(Self::Selector(Arc::new(Selector::Branches(branches))))
    }
}

fn branch_problems(settings: &Settings) -> Vec<Problem> {
    let mut problems = problems(settings);
    problems.extend((!settings.branches.is_empty()).then(Problem::when_in_when));
    problems.extend(settings.is_reloadable.then(Problem::reloadable_in_when));
    problems
}

impl Branches {
    fn of(settings: &Settings, otherwise: Arc<Policy>) -> Self {
        let compile =
            |branch: &Branch| (branch.clone(), Arc::new(Policy::from_valid(&branch.settings)));
        Self { branches: settings.branches.iter().map(compile).collect(), otherwise }
    }

    /// The policy of the first branch that is for the target, else the one for all others.
    pub(crate) fn choose(&self, target: &Target<'_>) -> &Arc<Policy> {
        self.policy(self.position(target))
    }

    /// The number of the first branch that is for the target.
    pub(crate) fn position(&self, target: &Target<'_>) -> Option<usize> {
        self.branches.iter().position(|(branch, _)| branch.is_for(target))
    }

    /// The policy of a branch, or the one for all others.
    pub(crate) fn policy(&self, position: Option<usize>) -> &Arc<Policy> {
        position.map_or(&self.otherwise, |index| &self.branches[index].1)
    }
}

/// Without the feature there is none.
#[cfg(not(feature = "reload"))]
#[derive(Debug)]
pub(crate) enum Reloadable {}

#[cfg(not(feature = "reload"))]
impl Reloadable {
    pub(crate) fn load(&self) -> Arc<Policy> {
        match *self {}
    }

    pub(crate) fn settings(&self) -> Settings {
        match *self {}
    }
}
