use std::io::Result;

use crate::{
    case::{Case, Kind},
    contest::{Bar, Contender, Contest, Load},
    subject::Subject,
    traffic::Traffic,
};

/// What loads the servers in the contests.
pub(crate) struct Loads<'a> {
    actual: Load<'a>,
    one: Load<'a>,
    preflights: Load<'a>,
    pairs: Vec<(&'static str, [Load<'a>; 2])>,
}

/// An honest request for each hostile one of a kind, both of as many bytes.
pub(crate) struct Pair {
    name: &'static str,
    file: &'static str,
    honest: Vec<Case>,
    hostile: Vec<Case>,
}

pub(crate) fn pairs(actual: &Case, preflight: &Case, hostile: &[Case]) -> Vec<Pair> {
    let pair = |name, file, kind, beside: &Case| {
        let of_kind = hostile.iter().filter(|case| case.kind == kind);
        let evened =
            of_kind.map(|case| (beside.clone().as_long_as(case), case.clone().as_long_as(beside)));
        let (honest, hostile) = evened.unzip();
        Pair { name, file, honest, hostile }
    };
    vec![
        pair("origins, actual", "origins", Kind::HostileOrigin, actual),
        pair("origins, preflight", "origin-preflights", Kind::HostileOriginPreflight, preflight),
        pair("methods", "methods", Kind::HostileMethod, preflight),
        pair("names", "names", Kind::HostileNames, preflight),
    ]
}

impl<'a> Loads<'a> {
    pub(crate) fn new(
        actual: &'a [Case],
        preflights: &'a [Case],
        pairs: &'a [Pair],
    ) -> Result<Self> {
        let http1 = |name: &str, cases: &'a [Case]| {
            Traffic::new(name, cases.iter().collect()).map(Load::Http1)
        };
        let pair = |pair: &'a Pair| {
            let honest = http1(&format!("honest-{}", pair.file), &pair.honest)?;
            let hostile = http1(&format!("hostile-{}", pair.file), &pair.hostile)?;
            Ok((pair.name, [honest, hostile]))
        };
        Ok(Self {
            actual: http1("actual", actual)?,
            one: Load::Http2(&actual[0]),
            preflights: http1("preflights", preflights)?,
            pairs: pairs.iter().map(pair).collect::<Result<_>>()?,
        })
    }

    pub(crate) fn contests(&'a self) -> Vec<Contest<'a>> {
        let beside = |name, load| {
            let contender = |subject: Subject| Contender { name: subject.name(), subject, load };
            let contenders = Subject::CONTENDERS.map(contender).into();
            Contest { name, bar: Bar::Throughput, contenders }
        };
        let pair = |(name, [honest, hostile]): &'a (&'static str, [Load<'a>; 2])| {
            let contender = |name, load| Contender { name, subject: Subject::WithLayer, load };
            let contenders = vec![contender("honest", honest), contender("hostile", hostile)];
            Contest { name, bar: Bar::NoDearer, contenders }
        };
        let mut contests = vec![
            beside("actual requests, HTTP/1.1", &self.actual),
            beside("actual requests, HTTP/2", &self.one),
            beside("preflights, HTTP/1.1", &self.preflights),
        ];
        contests.extend(self.pairs.iter().map(pair));
        contests
    }
}
