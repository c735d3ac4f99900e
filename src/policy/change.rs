use std::{borrow::Cow, collections::HashSet, fmt, iter};

use super::{Origins, Policy};
use crate::config::{Credentials, Settings};

/// How many origins its text names of those that opened, and of those that closed.
const LONGEST: usize = 8;

/// What a [`CorsHandle::reload`](crate::CorsHandle::reload) changed about who may read.
///
/// Origins are told by the patterns that they were configured with. What predicates allow cannot
/// be told.
#[derive(Clone, Debug, Eq, PartialEq)]
#[must_use]
pub struct PolicyChange {
    opened: Vec<String>,
    closed: Vec<String>,
    newly_allows_any_origin: bool,
    newly_allows_credentials: bool,
}

impl PolicyChange {
    pub(super) fn between(old: (&Settings, &Policy), new: (&Settings, &Policy)) -> Self {
        Self {
            opened: beyond(new, old.1),
            closed: beyond(old, new.1),
            newly_allows_any_origin: allows_any(new.1) && !allows_any(old.1),
            newly_allows_credentials: reach(&new.1.credentials) > reach(&old.1.credentials),
        }
    }

    /// The patterns that allow origins which were not allowed before; `*` is any.
    pub fn opened(&self) -> impl ExactSizeIterator<Item = &str> {
        self.opened.iter().map(String::as_str)
    }

    /// The patterns that allowed origins which are not allowed any more; `*` is any. Browsers and
    /// caches go by the answers that they have until those expire.
    pub fn closed(&self) -> impl ExactSizeIterator<Item = &str> {
        self.closed.iter().map(String::as_str)
    }

    /// Whether any origin is allowed, and was not before.
    #[must_use]
    pub fn newly_allows_any_origin(&self) -> bool {
        self.newly_allows_any_origin
    }

    /// Whether credentials are allowed and were not before, or only where a predicate said so.
    #[must_use]
    pub fn newly_allows_credentials(&self) -> bool {
        self.newly_allows_credentials
    }
}

/// The patterns by which more is allowed than by the other policy.
fn beyond((settings, policy): (&Settings, &Policy), other: &Policy) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut beyond = patterns(settings, policy);
    beyond.retain(|pattern| !covers(other, pattern) && seen.insert(pattern.clone()));
    beyond.into_iter().map(Cow::into_owned).collect()
}

fn patterns<'a>(settings: &'a Settings, policy: &Policy) -> Vec<Cow<'a, str>> {
    let everyone = iter::once("*").filter(|_| allows_any(policy));
    let lists = settings.allow_origin.lists.iter().chain(&settings.dangerous_origins);
    let listed = lists.flat_map(|given| given.list.iter());
    let fixed = settings.allow_origin.fixed.iter();
    let fixed = fixed.map(|origin| String::from_utf8_lossy(origin.as_bytes()));
    everyone.chain(listed).map(Cow::Borrowed).chain(fixed).collect()
}

/// Whether all that the pattern allows is allowed by the policy too.
fn covers(policy: &Policy, pattern: &str) -> bool {
    match &policy.origins {
        Origins::Any => true,
        Origins::Mirror => pattern != "null" || policy.allows_null,
        Origins::Fixed(origin) => origin == pattern,
        Origins::Listed { .. } if pattern == "null" => policy.allows_null,
        Origins::Listed { set, .. } => set.covers(pattern),
    }
}

fn allows_any(policy: &Policy) -> bool {
    matches!(policy.origins, Origins::Any | Origins::Mirror)
}

/// How far credentials are allowed.
fn reach(credentials: &Credentials) -> u8 {
    match credentials {
        Credentials::Never => 0,
        Credentials::Asked(_) => 1,
        Credentials::Always => 2,
    }
}

impl fmt::Display for PolicyChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origins = [("opened", &self.opened), ("closed", &self.closed)];
        let mut parts: Vec<String> = origins
            .into_iter()
            .filter(|(_, patterns)| !patterns.is_empty())
            .map(|(verb, patterns)| format!("{verb} {}", named(patterns)))
            .collect();
        parts.extend(self.newly_allows_any_origin.then(|| "newly allows any origin".into()));
        parts.extend(self.newly_allows_credentials.then(|| "newly allows credentials".into()));
        if parts.is_empty() {
            return f.write_str("no origin opened or closed");
        }
        f.write_str(&parts.join("; "))
    }
}

fn named(patterns: &[String]) -> String {
    let named = patterns.iter().take(LONGEST).map(String::as_str).collect::<Vec<_>>().join(", ");
    match patterns.len().saturating_sub(LONGEST) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}
