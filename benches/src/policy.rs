use crate::scenarios::scenarios;

/// What is allowed. Beside the origins these are, where they matter, the methods `PUT` and
/// `DELETE`, three request headers, and ten minutes of memory.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Policy {
    /// Any origin.
    Any,
    /// `http://localhost` with any port.
    AnyPort,
    /// One origin, by an async predicate.
    AsyncPredicate,
    /// One origin, with credentials and two exposed headers.
    Credentials,
    /// So many origins.
    Listed(usize),
    /// One origin, and a hundred request headers.
    ManyHeaders,
    /// One origin, by a predicate.
    Predicate,
    /// One origin, by a policy that can be replaced.
    Reloadable,
    /// One origin, by the second of two policies for some paths.
    When,
    /// So many patterns of subdomains.
    Wildcards(usize),
}

/// Whose page asks.
#[derive(Clone, Copy, Debug)]
pub enum Who {
    /// The first that is allowed.
    First,
    /// A host of 253 bytes, with as many labels as it can have.
    Hostile,
    /// Nobody's: so many bytes.
    Huge(usize),
    /// The last that is allowed.
    Last,
    /// Each time another one of those allowed.
    Spread,
    /// One that is not allowed, though it looks like those that are.
    Stranger,
    /// A subdomain of the first host with so many labels.
    Subdomain(usize),
}

/// The origin that is allowed where there is but one.
pub(crate) const APP: &str = "https://app-0000000.example.com";

/// How many request headers [`Policy::ManyHeaders`] allows.
pub(crate) const HEADERS: usize = 100;

/// Request headers as browsers list them: sorted.
pub(crate) fn header_names(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("x-header-{number:03}")).collect()
}

impl Policy {
    /// The origin or pattern with the number `nth`, all of one length.
    #[must_use]
    pub fn pattern(self, nth: usize) -> String {
        match self {
            Self::AnyPort => "http://localhost:*".to_owned(),
            Self::Wildcards(_) => format!("https://*.site-{nth:07}.example"),
            _ => format!("https://app-{nth:07}.example.com"),
        }
    }

    /// How many origins or patterns are allowed.
    #[must_use]
    pub fn count(self) -> usize {
        match self {
            Self::Listed(count) | Self::Wildcards(count) => count,
            _ => 1,
        }
    }

    /// All that is allowed.
    pub fn patterns(self) -> impl Iterator<Item = String> {
        (0..self.count()).map(move |nth| self.pattern(nth))
    }

    /// The origin that asks in the request with the number `nth`.
    #[must_use]
    pub fn origin(self, who: Who, nth: usize) -> String {
        // A stride that has no factor in common with the counts comes by every one of them.
        let spread = nth * 7_919 % self.count();
        match (who, self) {
            (Who::First, Self::AnyPort) => "http://localhost:3000".to_owned(),
            (Who::First, _) => self.subdomain(0, 1),
            (Who::Hostile, _) => format!("https://{}a", "a.".repeat(126)),
            (Who::Huge(len), _) => format!("https://{}.example", "a".repeat(len - 16)),
            (Who::Last, _) => self.subdomain(self.count() - 1, 1),
            (Who::Spread, _) => self.subdomain(spread, 1),
            (Who::Stranger, _) => self.subdomain(9_999_999, 1),
            (Who::Subdomain(labels), _) => self.subdomain(0, labels),
        }
    }

    /// What the pattern with the number `nth` stands for.
    fn subdomain(self, nth: usize, labels: usize) -> String {
        self.pattern(nth).replace('*', &vec!["app"; labels].join("."))
    }
}

/// All policies of the scenarios, each once.
#[must_use]
pub fn policies() -> Vec<Policy> {
    let mut policies = Vec::new();
    for scenario in scenarios() {
        if !policies.contains(&scenario.policy) {
            policies.push(scenario.policy);
        }
    }
    policies
}
