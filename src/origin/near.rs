//! The pattern that comes closest to an origin which none matches.

use super::{
    imitation::imitation,
    key::Shape,
    list::OriginList,
    parse::{Pattern, Port},
    request::Origin,
    set::OriginSet,
};

/// How many patterns are compared where it has to be cheap.
const FEW: usize = 64;
/// How many patterns are compared one by one.
const MAX_COMPARED: usize = 1_000;

/// A pattern that nearly matches.
#[derive(Clone, Debug)]
pub(crate) struct Near {
    pub(crate) pattern: String,
    pub(crate) difference: Difference,
}

/// What keeps an origin from matching a pattern, the smallest difference first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Difference {
    Port,
    Scheme,
    /// Another name of the user's machine.
    Loopback,
    /// The origin is the host itself, and the pattern stands for its subdomains.
    Apex,
    LabelTooMany,
    LabelTooFew,
    SchemeAndPort,
    /// Not told apart at a glance: an imitation.
    Homograph,
    /// One edit apart: rather an imitation than a mistake.
    LookAlike,
}

impl OriginSet {
    /// Looks up a constant number of variations of the origin, and compares a few patterns.
    pub(crate) fn near(&self, origin: Origin<'_>) -> Option<Near> {
        let Origin { scheme, host, port } = origin;
        let near = |difference, scheme, host: &[u8], port| {
            let key = self.lookup(&Origin { scheme, host, port }.to_bytes())?;
            Some(Near { pattern: key.pattern(self.lists()), difference })
        };
        let other_scheme: &[u8] = if scheme == b"http" { b"https" } else { b"http" };
        let parent = host.iter().position(|byte| *byte == b'.').map(|dot| &host[dot + 1..]);
        near(Difference::Port, scheme, host, None)
            .or_else(|| near(Difference::Scheme, other_scheme, host, port))
            .or_else(|| self.near_apex(origin))
            .or_else(|| {
                let others = LOOPBACK.iter().filter(|_| is_loopback(host));
                others.into_iter().find_map(|other| near(Difference::Loopback, scheme, other, port))
            })
            .or_else(|| near(Difference::LabelTooMany, scheme, parent?, port))
            .or_else(|| near(Difference::LabelTooFew, scheme, &[b"www.", host].concat(), port))
            .or_else(|| near(Difference::SchemeAndPort, other_scheme, host, None))
            .or_else(|| self.near_port(origin))
    }

    /// The first of a few patterns that has the origin's scheme and host.
    fn near_port(&self, origin: Origin<'_>) -> Option<Near> {
        let is_near = |text: &&str| {
            Pattern::parse(text).is_ok_and(|pattern| {
                let (scheme, host) = (pattern.scheme.as_bytes(), pattern.host.as_bytes());
                !pattern.subdomains && scheme == origin.scheme && host == origin.host
            })
        };
        let text = self.lists().iter().flat_map(OriginList::iter).take(FEW).find(is_near)?;
        Some(Near { pattern: text.to_owned(), difference: Difference::Port })
    }

    /// Compares the origin with each of the first patterns too.
    pub(crate) fn nearest(&self, origin: Origin<'_>) -> Option<Near> {
        let texts = self.lists().iter().flat_map(OriginList::iter).take(MAX_COMPARED);
        let compared = texts.filter_map(|text| {
            let difference = difference(&Pattern::parse(text).ok()?, origin)?;
            Some(Near { pattern: text.to_owned(), difference })
        });
        compared.chain(self.near(origin)).min_by_key(|near| near.difference)
    }

    fn near_apex(&self, origin: Origin<'_>) -> Option<Near> {
        let host = [b".", origin.host].concat();
        let port = origin.port.map(|port| [b":", port].concat()).unwrap_or_default();
        let one_port = self.find(Shape::subdomains(origin.scheme), &[&host[..], &port].concat());
        let key = one_port
            .or_else(|| self.find(Shape::subdomains_any_port(origin.scheme), &host))
            .filter(|_| matches!(origin.scheme, b"http" | b"https"))?;
        Some(Near { pattern: key.pattern(self.lists()), difference: Difference::Apex })
    }
}

const LOOPBACK: [&[u8]; 3] = [b"127.0.0.1", b"[::1]", b"localhost"];

fn is_loopback(host: &[u8]) -> bool {
    LOOPBACK.contains(&host)
}

/// What keeps the origin from matching a pattern that does not match it.
fn difference(pattern: &Pattern<'_>, origin: Origin<'_>) -> Option<Difference> {
    let host = pattern.host.as_bytes();
    let is_same_scheme = pattern.scheme.as_bytes() == origin.scheme;
    let is_same_port = match pattern.port {
        Port::Any => true,
        Port::Default => origin.port.is_none(),
        Port::Number(digits) => origin.port == Some(digits.as_bytes()),
    };
    let is_below = is_subdomain(origin.host, host);
    if (pattern.subdomains && is_below) || (!pattern.subdomains && origin.host == host) {
        return Some(match (is_same_scheme, is_same_port) {
            (false, false) => Difference::SchemeAndPort,
            (false, true) => Difference::Scheme,
            (true, _) => Difference::Port,
        });
    }
    if is_same_scheme && is_same_port && is_loopback(host) && is_loopback(origin.host) {
        return Some(Difference::Loopback);
    }
    let imitation = imitation(origin.host, host);
    if imitation.is_some() || !is_same_scheme {
        imitation
    } else if origin.host == host {
        Some(Difference::Apex)
    } else if is_below {
        Some(Difference::LabelTooMany)
    } else {
        is_subdomain(host, origin.host).then_some(Difference::LabelTooFew)
    }
}

fn is_subdomain(host: &[u8], parent: &[u8]) -> bool {
    host.strip_suffix(parent).is_some_and(|labels| labels.ends_with(b"."))
}

#[cfg(test)]
mod tests {
    use super::{Origin, OriginSet};
    use crate::origin::set::LOOKUPS;

    fn set(count: usize) -> OriginSet {
        let wildcards =
            (0..count / 2).map(|number| format!("https://*.host-{number:06}.example:*"));
        let exact = (0..count / 2).map(|number| format!("https://host-{number:06}.example.com"));
        OriginSet::from_lists(vec![wildcards.collect(), exact.collect()])
    }

    #[test]
    fn a_look_around_costs_the_same_among_a_million() {
        let (few, many) = (set(10), set(1_000_000));
        for text in [
            "https://host-000001.example",
            "http://host-000001.example.com",
            "https://a.host-000001.example.com:8443",
            "https://stranger.example.org",
            "tauri://localhost",
        ] {
            let origin = Origin::parse(text.as_bytes()).unwrap();
            let lookups = |set: &OriginSet| {
                LOOKUPS.set(0);
                let near = set.near(origin).map(|near| near.pattern);
                (near, LOOKUPS.get())
            };
            assert_eq!(lookups(&few), lookups(&many), "{text}");
            assert!((1..=60).contains(&lookups(&many).1), "{text}");
        }
    }
}
