use std::env;

use tower_cors_benches::{Contender, Contestant, Policy, Scenario, Service, policies, scenarios};

/// Many requests of one scenario to one contender.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Round {
    pub(crate) scenario: Scenario,
    pub(crate) contender: Contender,
    pub(crate) service: Service,
}

/// Who takes part.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Field {
    /// Everyone.
    All,
    /// Those whom the bars are about.
    Bars,
    /// The floor and this crate.
    Ours,
}

impl Field {
    const ALL: [Self; 3] = [Self::All, Self::Bars, Self::Ours];

    fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Bars => "bars",
            Self::Ours => "ours",
        }
    }

    fn has(self, contender: Contender) -> bool {
        use Contender::{Floor, Inner, TowerCors, TowerHttp};

        match self {
            Self::All => true,
            Self::Bars => matches!(contender, Floor | Inner | TowerCors | TowerHttp),
            Self::Ours => matches!(contender, Floor | Inner | TowerCors),
        }
    }
}

impl Round {
    /// All rounds of a policy, in the order in which they are counted.
    pub(crate) fn of(policy: Policy, field: Field) -> Vec<Self> {
        let takes_part = |contender: &Contender| field.has(*contender) && contender.has(policy);
        let mut rounds = Vec::new();
        for contender in Contender::ALL.into_iter().filter(takes_part) {
            for scenario in scenarios().into_iter().filter(|scenario| scenario.policy == policy) {
                let round = |service| Self { scenario, contender, service };
                rounds.extend(Service::ALL.map(round));
            }
        }
        rounds
    }

    /// How many requests are counted.
    pub(crate) fn requests(&self) -> usize {
        use Contender::{ActixCors, HyperCors, TowerHttp};

        let may_read_all = matches!(self.contender, ActixCors | HyperCors | TowerHttp);
        let is_slow = may_read_all && self.scenario.policy.count() >= 100_000;
        if is_slow || self.scenario.is_huge() { 2 } else { 100 }
    }
}

/// The words on the command line for what runs under Callgrind.
pub(crate) fn command(policy: Policy, field: Field) -> [String; 3] {
    ["--serve".to_owned(), format!("{policy:?}"), field.name().to_owned()]
}

/// Serves if the command line says so.
pub(crate) fn serve_if_asked() -> bool {
    let arguments: Vec<String> = env::args().skip(1).collect();
    for policy in policies() {
        for field in Field::ALL {
            if arguments == command(policy, field) {
                serve(policy, field);
                return true;
            }
        }
    }
    false
}

fn serve(policy: Policy, field: Field) {
    let mut entered = None;
    for round in Round::of(policy, field) {
        let entry = match entered.take() {
            Some((contender, entry)) if contender == round.contender => entry,
            _ => round.contender.enter(policy),
        };
        let mut contestant = entry(round.scenario.inner);
        drop(contestant.answer(round.scenario.request(0)));
        count_round(&round, &mut *contestant);
        entered = Some((round.contender, entry));
    }
}

/// Callgrind writes down what was counted whenever this returns. A request is made when the one
/// before is gone, as on a connection, so that memory is found where it was left.
#[inline(never)]
fn count_round(round: &Round, contestant: &mut dyn Contestant) {
    for nth in 0..round.requests() {
        contestant.prepare(vec![round.scenario.request(nth)]);
        contestant.serve(round.service);
    }
}
