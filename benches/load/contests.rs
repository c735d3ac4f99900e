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
    longer: Load<'a>,
    preflights: Load<'a>,
    pairs: Vec<(&'static str, Vec<(&'static str, Load<'a>)>)>,
}

/// Honest requests for the hostile ones of a kind, as many bytes each.
pub(crate) struct Pair {
    name: &'static str,
    requests: Vec<(&'static str, Vec<Case>)>,
}

/// `allowed` are an actual request and a preflight, `refused` preflights for a method and for a name.
pub(crate) fn pairs(allowed: [&Case; 2], refused: [&Case; 2], hostile: &[Case]) -> Vec<Pair> {
    let pair = |name, kind, beside: &[(&'static str, &Case)]| {
        let of_kind: Vec<_> = hostile.iter().filter(|case| case.kind == kind).collect();
        let honest = beside.iter().map(|&(name, honest)| {
            let long = of_kind.iter().map(|case| honest.clone().lengthened_to(case));
            (name, long.collect())
        });
        let evened = of_kind.iter().map(|&case| case.clone().lengthened_to(beside[0].1)).collect();
        Pair { name, requests: honest.chain([("hostile", evened)]).collect() }
    };
    let [actual, preflight] = allowed;
    let [method, names] = refused;
    // A refusal has its reason in the response's extensions, hostile or not.
    vec![
        pair("hostile origins", Kind::HostileOrigin, &[("allowed", actual)]),
        pair(
            "hostile origins, preflights",
            Kind::HostileOriginPreflight,
            &[("allowed", preflight)],
        ),
        pair(
            "hostile methods",
            Kind::HostileMethod,
            &[("refused", method), ("allowed", preflight)],
        ),
        pair("hostile names", Kind::HostileNames, &[("refused", names)]),
    ]
}

impl<'a> Loads<'a> {
    pub(crate) fn new(
        [everything, actual, longer, preflights]: [&'a [Case]; 4],
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
            longer: http1("longer", longer)?,
            preflights: http1("preflights", preflights)?,
            pairs: pairs.iter().map(loads).collect::<Result<_>>()?,
        })
    }

    pub(crate) fn contests(&'a self) -> Vec<Contest<'a>> {
        let mut contests = vec![
            servers("everything, HTTP/1.1", &self.everything),
            servers("actual requests, 1 KB, HTTP/1.1", &self.actual),
            servers("actual requests, 1 KB, HTTP/2", &self.one),
            servers("actual requests, 6 KB, HTTP/1.1", &self.longer),
            servers("preflights, HTTP/1.1", &self.preflights),
        ];
        contests.extend(self.pairs.iter().map(|(name, loads)| requests(name, loads)));
        contests
    }
}

/// The first again is the noise.
const SERVERS: [Subject; 5] = [Without, Without, ByHand, WithLayer, Reloaded];

fn servers<'a>(name: &'static str, load: &'a Load<'a>) -> Contest<'a> {
    let contender = |(number, &subject): (usize, &Subject)| {
        let is_again = number == 1;
        let name = if is_again { "the same again" } else { subject.name() };
        Contender { name, subject, load }
    };
    let contenders = SERVERS.iter().enumerate().map(contender).collect();
    Contest { name, compared: Compared::Servers, contenders }
}

fn requests<'a>(name: &'static str, loads: &'a [(&'static str, Load<'a>)]) -> Contest<'a> {
    let contender =
        |(name, load): &'a (&'static str, Load<'a>)| Contender { name, subject: WithLayer, load };
    let contenders = loads.iter().map(contender).collect();
    Contest { name, compared: Compared::Requests, contenders }
}
