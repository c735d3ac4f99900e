use std::{borrow::Cow, sync::Arc};

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

impl Selector {
    /// The policy that a request is answered by from beginning to end, and the number of its branch
    /// if it takes one.
    #[inline(never)]
    pub(crate) fn select(&self, target: &Target<'_>) -> (Option<usize>, Arc<Policy>) {
        match self {
            Self::Branches(branches) => branches.select(target),
            Self::Reloadable(reloadable) => (None, reloadable.load()),
        }
    }

    /// What the policy of now was made from, if it is not what the layer was.
    pub(crate) fn settings<'a>(&self, made_from: &'a Settings) -> Cow<'a, Settings> {
        match self {
            Self::Branches(_) => Cow::Borrowed(made_from),
            Self::Reloadable(reloadable) => Cow::Owned(reloadable.settings()),
        }
    }
}

impl Branches {
    fn of(settings: &Settings, otherwise: Arc<Policy>) -> Self {
        let compile =
            |branch: &Branch| (branch.clone(), Arc::new(Policy::from_valid(&branch.settings)));
        Self { branches: settings.branches.iter().map(compile).collect(), otherwise }
    }

    fn select(&self, target: &Target<'_>) -> (Option<usize>, Arc<Policy>) {
        let number = self.branches.iter().position(|(branch, _)| branch.is_for(target));
        let policy = number.map_or(&self.otherwise, |number| &self.branches[number].1);
        (number, Arc::clone(policy))
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
