//! The pattern that comes closest to an origin which none matches.

use super::{
    grammar,
    key::Shape,
    list::OriginList,
    parse::{Pattern, Port, is_one_edit},
    request::Origin,
    set::OriginSet,
};

#[cfg(feature = "public-suffix")]
use super::public_suffix::{Standing, standing};

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
    /// Looks up a constant number of variations of the origin.
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
            .or_else(|| near(Difference::LabelTooMany, scheme, parent?, port))
            .or_else(|| near(Difference::LabelTooFew, scheme, &[b"www.", host].concat(), port))
            .or_else(|| near(Difference::SchemeAndPort, other_scheme, host, None))
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
        return match (is_same_scheme, is_same_port) {
            (false, false) => Some(Difference::SchemeAndPort),
            (false, true) => Some(Difference::Scheme),
            (true, false) => Some(Difference::Port),
            (true, true) => None,
        };
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

/// How a name, or the end of it, imitates another. Addresses are nobody's to choose.
fn imitation(host: &[u8], known: &[u8]) -> Option<Difference> {
    let end = tail(host, known);
    let difference = if is_one_edit(host, known) || is_one_edit(end, known) {
        Difference::LookAlike
    } else if end != known && shape(end) == shape(known) {
        Difference::Homograph
    } else {
        return None;
    };
    let is_address = grammar::is_canonical_ipv4(host) || host.starts_with(b"[");
    let is_free = !is_address && !is_owned_by_one(common_parent(host, known));
    is_free.then_some(difference)
}

/// A name as it is seen at a glance.
fn shape(name: &[u8]) -> Vec<u8> {
    let mut shape = Vec::with_capacity(name.len());
    for byte in name {
        let (joined, seen) = match (shape.last(), byte) {
            (Some(b'r'), b'n') => (true, b'm'),
            (Some(b'v'), b'v') => (true, b'w'),
            (_, b'0') => (false, b'o'),
            (_, b'1') => (false, b'l'),
            (_, byte) => (false, *byte),
        };
        shape.truncate(shape.len() - usize::from(joined));
        shape.push(seen);
    }
    shape
}

/// Whether all names below are given by who registered this one.
#[cfg(feature = "public-suffix")]
fn is_owned_by_one(parent: &[u8]) -> bool {
    let standing = std::str::from_utf8(parent).map(standing);
    parent == b"localhost" || standing == Ok(Standing::Ordinary)
}

#[cfg(not(feature = "public-suffix"))]
fn is_owned_by_one(parent: &[u8]) -> bool {
    parent == b"localhost"
}

/// The labels that both end with.
fn common_parent<'a>(host: &'a [u8], other: &[u8]) -> &'a [u8] {
    let labels = |host: &'a [u8]| host.rsplit(|byte| *byte == b'.');
    let same = labels(host).zip(other.rsplit(|byte| *byte == b'.')).take_while(|(a, b)| a == b);
    let len: usize = same.map(|(label, _)| label.len() + ".".len()).sum();
    &host[host.len() - len.saturating_sub(".".len()).min(host.len())..]
}

fn is_subdomain(host: &[u8], parent: &[u8]) -> bool {
    host.strip_suffix(parent).is_some_and(|labels| labels.ends_with(b"."))
}

/// The end of `host` that has as many labels as `other`.
fn tail<'a>(host: &'a [u8], other: &[u8]) -> &'a [u8] {
    let labels = other.iter().filter(|byte| **byte == b'.').count();
    let dots = host.iter().enumerate().rev().filter(|(_, byte)| **byte == b'.');
    dots.map(|(at, _)| &host[at + 1..]).nth(labels).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::{Origin, OriginSet, is_one_edit};
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

    #[test]
    fn one_edit_is_one_edit() {
        for (a, b, expected) in [
            ("example", "exampel", false),
            ("example", "examp1e", true),
            ("example", "examplee", true),
            ("example", "xample", true),
            ("example", "example", false),
            ("example", "exam", false),
            ("", "a", true),
        ] {
            assert_eq!(is_one_edit(a.as_bytes(), b.as_bytes()), expected, "{a} {b}");
            assert_eq!(is_one_edit(b.as_bytes(), a.as_bytes()), expected, "{b} {a}");
        }
    }
}
