use std::str;

use super::{
    grammar::MAX_LEN,
    list::OriginList,
    parse::{Pattern, Port},
};

/// What a pattern is looked up by: its text but for the wildcards, and which wildcards those are.
/// The key of a pattern with subdomains begins at the dot behind its `*`, so the scheme is part of
/// the shape.
#[derive(Clone, Copy)]
pub(super) struct Key {
    pub(super) start: usize,
    pub(super) list: u32,
    pub(super) len: u16,
    pub(super) shape: Shape,
}

#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Shape {
    Exact,
    AnyPort,
    HttpSubdomains,
    HttpSubdomainsAnyPort,
    HttpsSubdomains,
    HttpsSubdomainsAnyPort,
}

impl Key {
    /// The key of the pattern that is written at `start` of the list with index `list`.
    pub(super) fn of(pattern: &Pattern<'_>, start: usize, list: u32) -> Self {
        let skipped = if pattern.subdomains { pattern.scheme.len() + "://*".len() } else { 0 };
        let kept_port = match pattern.port {
            Port::Any | Port::Default => 0,
            Port::Number(digits) => ":".len() + digits.len(),
        };
        let len = pattern.host_end() + kept_port - skipped;
        Self {
            start: start + skipped,
            list,
            len: u16::try_from(len).expect("a pattern has at most 326 bytes"),
            shape: Shape::of(pattern),
        }
    }

    #[inline]
    pub(super) fn bytes<'a>(&self, lists: &'a [OriginList]) -> &'a [u8] {
        &lists[self.list as usize].bytes()[self.start..self.start + usize::from(self.len)]
    }

    /// The pattern as it was written.
    pub(super) fn pattern(&self, lists: &[OriginList]) -> String {
        let text = str::from_utf8(self.bytes(lists)).expect("a pattern is ASCII");
        match self.shape {
            Shape::Exact => text.into(),
            Shape::AnyPort => format!("{text}:*"),
            Shape::HttpSubdomains => format!("http://*{text}"),
            Shape::HttpSubdomainsAnyPort => format!("http://*{text}:*"),
            Shape::HttpsSubdomains => format!("https://*{text}"),
            Shape::HttpsSubdomainsAnyPort => format!("https://*{text}:*"),
        }
    }
}

impl Shape {
    pub(super) const COUNT: usize = 6;

    fn of(pattern: &Pattern<'_>) -> Self {
        match (pattern.subdomains, pattern.port) {
            (false, Port::Any) => Self::AnyPort,
            (false, _) => Self::Exact,
            (true, Port::Any) => Self::subdomains_any_port(pattern.scheme.as_bytes()),
            (true, _) => Self::subdomains(pattern.scheme.as_bytes()),
        }
    }

    pub(super) fn subdomains(scheme: &[u8]) -> Self {
        if scheme == b"https" { Self::HttpsSubdomains } else { Self::HttpSubdomains }
    }

    pub(super) fn subdomains_any_port(scheme: &[u8]) -> Self {
        if scheme == b"https" { Self::HttpsSubdomainsAnyPort } else { Self::HttpSubdomainsAnyPort }
    }
}

/// A set of key lengths, so that most look-ups end before a hash is made.
#[derive(Clone, Default)]
pub(super) struct Lengths {
    bits: [u64; MAX_LEN / 64 + 1],
    sorted: Vec<usize>,
}

impl Lengths {
    pub(super) fn insert(&mut self, len: usize) {
        self.bits[len / 64] |= 1 << (len % 64);
        if let Err(place) = self.sorted.binary_search(&len) {
            self.sorted.insert(place, len);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// The lengths, the shortest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &usize> {
        self.sorted.iter()
    }

    #[inline]
    pub(super) fn contains(&self, len: usize) -> bool {
        self.bits.get(len / 64).is_some_and(|bits| bits >> (len % 64) & 1 == 1)
    }
}
