use crate::{
    inner::Inner,
    policy::{
        Policy::{self, *},
        Who::{self, *},
    },
    request::{Asks, Requested},
    scenario::{Kind, Scenario},
};

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// All scenarios; those of one policy stand together.
#[must_use]
pub fn scenarios() -> Vec<Scenario> {
    [one(), others(), lists(), wildcards(), preflights(), hostile()].concat()
}

const fn allowed(name: &'static str, policy: Policy, who: Who) -> Scenario {
    Scenario::new(name, policy, Asks::Actual(who), Kind::Allowed)
}

const fn denied(name: &'static str, policy: Policy, who: Who) -> Scenario {
    Scenario::new(name, policy, Asks::Actual(who), Kind::Denied)
}

const fn not_cors(name: &'static str, policy: Policy) -> Scenario {
    Scenario::new(name, policy, Asks::NotCors, Kind::NotCors)
}

const fn preflight(name: &'static str, who: Who, requested: Requested, kind: Kind) -> Scenario {
    Scenario::new(name, Listed(1), Asks::Preflight(who, requested), kind)
}

fn one() -> Vec<Scenario> {
    let with = |name, inner| allowed(name, Listed(1), First).with(inner);
    vec![
        not_cors("not CORS", Listed(1)),
        allowed("allowed, 1 origin", Listed(1), First),
        denied("denied, 1 origin", Listed(1), Stranger),
        with("6 inner headers", Inner::Headers(6)),
        with("12 inner headers", Inner::Headers(12)),
        with("inner vary: accept-encoding", Inner::Vary("accept-encoding")),
        with("inner vary: origin", Inner::Vary("origin")),
        with("inner vary: *", Inner::Vary("*")),
        with("inner allow-origin", Inner::AllowOrigin),
    ]
}

fn others() -> Vec<Scenario> {
    vec![
        not_cors("any origin, not CORS", Any),
        allowed("any origin", Any, First),
        allowed("any port", AnyPort, First),
        allowed("credentials, exposed headers", Credentials, First),
        allowed("predicate", Predicate, First),
        allowed("async predicate", AsyncPredicate, First),
        not_cors("reloadable, not CORS", Reloadable),
        allowed("reloadable, allowed", Reloadable, First),
        denied("reloadable, denied", Reloadable, Stranger),
        not_cors("when, not CORS", When),
        allowed("when, allowed", When, First),
    ]
}

fn lists() -> Vec<Scenario> {
    vec![
        allowed("10 origins, first", Listed(10), First),
        allowed("10 origins, last", Listed(10), Last),
        denied("10 origins, miss", Listed(10), Stranger),
        allowed("10 origins, spread", Listed(10), Spread),
        allowed("1,000 origins, first", Listed(1_000), First),
        allowed("1,000 origins, last", Listed(1_000), Last),
        denied("1,000 origins, miss", Listed(1_000), Stranger),
        allowed("1,000 origins, spread", Listed(1_000), Spread),
        allowed("100,000 origins, first", Listed(100_000), First),
        allowed("100,000 origins, last", Listed(100_000), Last),
        denied("100,000 origins, miss", Listed(100_000), Stranger),
        allowed("100,000 origins, spread", Listed(100_000), Spread),
        allowed("1,000,000 origins, first", Listed(1_000_000), First),
        allowed("1,000,000 origins, last", Listed(1_000_000), Last),
        denied("1,000,000 origins, miss", Listed(1_000_000), Stranger),
        allowed("1,000,000 origins, spread", Listed(1_000_000), Spread),
    ]
}

fn wildcards() -> Vec<Scenario> {
    vec![
        allowed("1 wildcard, depth 1", Wildcards(1), Last),
        allowed("1 wildcard, depth 3", Wildcards(1), Subdomain(3)),
        denied("1 wildcard, miss", Wildcards(1), Stranger),
        denied("1 wildcard, hostile host", Wildcards(1), Hostile),
        allowed("10 wildcards, depth 1", Wildcards(10), Last),
        allowed("10 wildcards, depth 3", Wildcards(10), Subdomain(3)),
        denied("10 wildcards, miss", Wildcards(10), Stranger),
        denied("10 wildcards, hostile host", Wildcards(10), Hostile),
        allowed("1,000 wildcards, depth 1", Wildcards(1_000), Last),
        allowed("1,000 wildcards, depth 3", Wildcards(1_000), Subdomain(3)),
        denied("1,000 wildcards, miss", Wildcards(1_000), Stranger),
        denied("1,000 wildcards, hostile host", Wildcards(1_000), Hostile),
        allowed("100,000 wildcards, depth 1", Wildcards(100_000), Last),
        allowed("100,000 wildcards, depth 3", Wildcards(100_000), Subdomain(3)),
        denied("100,000 wildcards, miss", Wildcards(100_000), Stranger),
        denied("100,000 wildcards, hostile host", Wildcards(100_000), Hostile),
    ]
}

fn preflights() -> Vec<Scenario> {
    use Kind::{PreflightAllowed, PreflightRefused};
    let many = Asks::Preflight(First, Requested::PutWith100);
    vec![
        preflight("preflight, no header", First, Requested::Put, PreflightAllowed),
        preflight("preflight, 3 headers", First, Requested::PutWith3, PreflightAllowed),
        preflight("preflight, origin refused", Stranger, Requested::PutWith3, PreflightRefused),
        preflight("preflight, method refused", First, Requested::Patch, PreflightRefused),
        preflight("preflight, header refused", First, Requested::PutWithAnother, PreflightRefused),
        Scenario::new("preflight, 100 headers", ManyHeaders, many, PreflightAllowed),
    ]
}

/// Their twins are `denied, 1 origin`, `preflight, method refused` and `preflight, 3 headers`.
fn hostile() -> Vec<Scenario> {
    use Kind::{PreflightAllowed, PreflightRefused};
    use Requested::{Huge, PutWithHuge};
    vec![
        denied("origin of 64 KiB", Listed(1), Who::Huge(64 * KIB)),
        denied("origin of 1 MiB", Listed(1), Who::Huge(MIB)),
        preflight("method of 64 KiB", First, Huge(64 * KIB), PreflightRefused),
        preflight("method of 1 MiB", First, Huge(MIB), PreflightRefused),
        preflight("header names of 64 KiB", First, PutWithHuge(64 * KIB), PreflightAllowed),
        preflight("header names of 1 MiB", First, PutWithHuge(MIB), PreflightAllowed),
    ]
}
