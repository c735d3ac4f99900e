use std::{
    collections::BTreeMap,
    io::{Error, Result},
    iter::zip,
    sync::Mutex,
};

use http::Version;

use crate::{
    answer::Answer,
    case::{Case, Kind},
    client::Client,
    policy::Policy,
    reloads::InForce,
};

/// How many wrong answers are kept to be shown.
const SHOWN: usize = 5;

/// Compares whole answers with those that are right.
pub(crate) struct Checker<'a> {
    checks: Vec<Check<'a>>,
    found: Mutex<Found>,
}

/// A request and what the service inside answers to it.
struct Check<'a> {
    case: &'a Case,
    /// In each version of HTTP.
    inner: [Answer; 2],
}

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) kinds: BTreeMap<Kind, Counts>,
    /// How many requests were under way while the policy changed.
    pub(crate) across_reloads: usize,
    pub(crate) wrong: usize,
    pub(crate) shown: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) checked: usize,
    pub(crate) allowed: usize,
}

impl<'a> Checker<'a> {
    /// # Errors
    ///
    /// If the server at `port`, which has no layer, does not take every request for one.
    pub(crate) async fn new(cases: &'a [Case], port: u16) -> Result<Self> {
        let mut clients = connect(port).await?;
        let mut checks = Vec::new();
        for case in cases {
            let inner = [clients[0].ask(case).await?, clients[1].ask(case).await?];
            if inner.iter().any(|answer| !answer.is_understood()) {
                let complaint = format!("the server does not understand {}: {inner:?}", case.name);
                return Err(Error::other(complaint));
            }
            checks.push(Check { case, inner });
        }
        Ok(Self { checks, found: Mutex::default() })
    }

    /// How many answers of the server at `port` are not what this policy says.
    pub(crate) async fn wrong_at(&self, port: u16, policy: &Policy) -> Result<usize> {
        let mut clients = connect(port).await?;
        let mut wrong = 0;
        for check in &self.checks {
            for (client, inner) in zip(&mut clients, &check.inner) {
                let expected = Answer::expected(check.case, policy, inner);
                wrong += usize::from(client.ask(check.case).await? != expected);
            }
        }
        Ok(wrong)
    }

    /// How many answers it compares when it asks everything once.
    pub(crate) fn len(&self) -> usize {
        self.checks.len() * Client::VERSIONS.len()
    }

    /// How many answers differ between two policies.
    pub(crate) fn differing(&self, one: &Policy, other: &Policy) -> usize {
        let differs = |check: &Check<'_>, inner: &Answer| {
            Answer::expected(check.case, one, inner) != Answer::expected(check.case, other, inner)
        };
        let count =
            |check: &Check<'_>| check.inner.iter().filter(|inner| differs(check, inner)).count();
        self.checks.iter().map(count).sum()
    }

    /// Asks everything again and again in one version of HTTP, from the check with this number on.
    pub(crate) async fn check_while(
        &self,
        port: u16,
        (version, first): (usize, usize),
        in_force: &InForce,
        has_load: impl Fn() -> bool,
    ) -> Result<()> {
        let mut client = Client::connect(Client::VERSIONS[version], port).await?;
        let checks = self.checks.iter().cycle().skip(first);
        for check in checks.take_while(|_| has_load()) {
            let done = in_force.done();
            let answer = client.ask(check.case).await?;
            let policies = in_force.since(done);
            self.judge(check, version, &policies, &answer);
        }
        Ok(())
    }

    pub(crate) fn found(self) -> Found {
        self.found.into_inner().expect("no check panics")
    }

    fn judge(&self, check: &Check<'_>, version: usize, policies: &[&Policy], answer: &Answer) {
        let expected =
            |policy: &&Policy| Answer::expected(check.case, policy, &check.inner[version]);
        let is_right = policies.iter().map(expected).any(|expected| expected == *answer);
        let mut found = self.found.lock().expect("no check panics");
        let counts = found.kinds.entry(check.case.kind).or_default();
        counts.checked += 1;
        counts.allowed += usize::from(answer.allows());
        found.across_reloads += usize::from(policies.len() > 1);
        if !is_right {
            found.wrong += 1;
            if found.shown.len() < SHOWN {
                let right: Vec<_> = policies.iter().map(expected).collect();
                let name = &check.case.name;
                found.shown.push(format!("{name}:\n    {answer:?}\n  is none of\n    {right:?}"));
            }
        }
    }
}

impl Found {
    pub(crate) fn checked(&self) -> usize {
        self.kinds.values().map(|counts| counts.checked).sum()
    }
}

async fn connect(port: u16) -> Result<[Client; 2]> {
    let [http1, http2]: [Version; 2] = Client::VERSIONS;
    Ok([Client::connect(http1, port).await?, Client::connect(http2, port).await?])
}
