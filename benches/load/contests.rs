use std::io::Result;

use crate::{
    case::{Case, Kind},
    contest::{Compared, Contender, Contest, Load},
    subject::Subject::{self, ByHand, Reloaded, WithLayer, Without},
    traffic::Traffic,
};

/// What loads the servers in the contests.
pub(crate) struct Loads<'a> {
    everything: Load<'a>,
    actual: Load<'a>,
    one: Load<'a>,
    preflights: Load<'a>,
    pairs: Vec<(&'static str, Vec<(&'static str, Load<'a>)>)>,
}

/// Honest requests for the hostile ones of a kind, as many bytes each.
pub(crate) struct Pair {
    name: &'static str,
    requests: Vec<(&'static str, Vec<Case>)>,
}

pub(crate) fn pairs(actual: &Case, preflight: &Case, hostile: &[Case]) -> Vec<Pair> {
    let pair = |name, kind, beside: &Case| {
        let of_kind = || hostile.iter().filter(|case| case.kind == kind);
        let long = of_kind().map(|case| beside.clone().as_long_as(case));
        let hostile = of_kind().map(|case| case.clone().as_long_as(beside)).collect();
        Pair { name, requests: vec![("honest", long.collect()), ("hostile", hostile)] }
    };
    let names = {
        let mut names = pair("hostile names", Kind::HostileNames, preflight);
        let of_kind = hostile.iter().filter(|case| case.kind == Kind::HostileNames);
        let repeated = of_kind.map(|case| preflight.clone().with_names_as_long_as(case));
        names.requests.insert(0, ("honest, as many names", repeated.collect()));
        names
    };
    vec![
        pair("hostile origins", Kind::HostileOrigin, actual),
        pair("hostile origins, preflights", Kind::HostileOriginPreflight, preflight),
        pair("hostile methods", Kind::HostileMethod, preflight),
        names,
    ]
}

impl<'a> Loads<'a> {
    pub(crate) fn new(
        everything: &'a [Case],
        actual: &'a [Case],
        preflights: &'a [Case],
        pairs: &'a [Pair],
    ) -> Result<Self> {
        let http1 = |name: &str, cases: &'a [Case]| {
            Traffic::new(name, cases.iter().collect()).map(Load::Http1)
        };
        let loads = |pair: &'a Pair| {
            let load = |(name, cases): &'a (&'static str, Vec<Case>)| {
                Ok((*name, http1(&format!("{}: {name}", pair.name), cases)?))
            };
            Ok((pair.name, pair.requests.iter().map(load).collect::<Result<_>>()?))
        };
        Ok(Self {
            everything: http1("everything", everything)?,
            actual: http1("actual", actual)?,
            one: Load::Http2(&actual[0]),
            preflights: http1("preflights", preflights)?,
            pairs: pairs.iter().map(loads).collect::<Result<_>>()?,
        })
    }

    pub(crate) fn contests(&'a self) -> Vec<Contest<'a>> {
        let mut contests = vec![
            servers(
                "everything, HTTP/1.1",
                &[Without, Without, WithLayer, Reloaded],
                &self.everything,
            ),
            servers("actual requests, HTTP/1.1", &ACTUAL, &self.actual),
            servers("actual requests, HTTP/2", &ACTUAL, &self.one),
            servers(
                "preflights, HTTP/1.1",
                &[Without, Without, WithLayer, Reloaded],
                &self.preflights,
            ),
        ];
        contests.extend(self.pairs.iter().map(|(name, loads)| requests(name, loads)));
        contests
    }
}

/// The first again is the noise. Beside what says the same headers, the layer's own cost is seen.
const ACTUAL: [Subject; 5] = [ByHand, ByHand, Without, WithLayer, Reloaded];

fn servers<'a>(name: &'static str, subjects: &[Subject], load: &'a Load<'a>) -> Contest<'a> {
    let contender = |(number, &subject): (usize, &Subject)| {
        let is_again = number == 1;
        let name = if is_again { "the same again" } else { subject.name() };
        Contender { name, subject, load }
    };
    let contenders = subjects.iter().enumerate().map(contender).collect();
    Contest { name, compared: Compared::Servers, contenders }
}

fn requests<'a>(name: &'static str, loads: &'a [(&'static str, Load<'a>)]) -> Contest<'a> {
    let contender =
        |(name, load): &'a (&'static str, Load<'a>)| Contender { name, subject: WithLayer, load };
    let contenders = loads.iter().map(contender).collect();
    Contest { name, compared: Compared::Requests, contenders }
}
