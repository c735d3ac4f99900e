use std::fmt;

use super::{
    key::{Key, Lengths, Shape},
    keys::Keys,
    list::OriginList,
    parse::{Pattern, Port},
    pattern::OriginPattern,
};

/// Many [`OriginPattern`]s in one look-up structure, for predicates of your own.
///
/// What a look-up costs depends on the length of the origin, not on the number of patterns.
///
/// ```
/// # fn main() -> Result<(), tower_cors::PatternError> {
/// use tower_cors::{AllowOrigin, OriginSet};
///
/// let partners: OriginSet = ["https://partner.example", "https://*.example.com"]
///     .into_iter()
///     .map(str::parse)
///     .collect::<Result<_, _>>()?;
/// assert!(partners.contains("https://app.example.com"));
/// assert!(!partners.contains("http://app.example.com"));
///
/// let allow = AllowOrigin::predicate(move |origin, parts| {
///     parts.uri.path().starts_with("/partners/") && partners.contains(origin)
/// });
/// # drop(allow);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct OriginSet {
    lists: Vec<OriginList>,
    keys: Keys,
    lengths: [Lengths; Shape::COUNT],
    has_wildcards: bool,
}

impl OriginSet {
    /// Takes in the valid patterns of the lists; the others match nothing.
    pub(crate) fn from_lists(lists: Vec<OriginList>) -> Self {
        let keys = lists.iter().zip(0..).flat_map(|(list, index)| {
            list.spans().filter_map(move |span| {
                let pattern = Pattern::parse(list.get(span.clone())).ok()?;
                Some(Key::of(&pattern, span.start, index))
            })
        });
        let keys = Keys::of(keys, lists.iter().map(OriginList::len).sum(), &lists);
        let mut lengths = <[Lengths; Shape::COUNT]>::default();
        for key in keys.iter() {
            lengths[key.shape as usize].insert(key.len.into());
        }
        let has_wildcards = keys.iter().any(|key| key.shape != Shape::Exact);
        Self { lists, keys, lengths, has_wildcards }
    }

    /// Whether one of the patterns matches a serialized origin, such as the value of an `Origin`
    /// header. Text that is not one, `null` included, matches nothing.
    #[must_use]
    #[inline]
    pub fn contains(&self, origin: impl AsRef<[u8]>) -> bool {
        self.lookup(origin.as_ref()).is_some()
    }

    /// How many different patterns the set holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether the set holds no pattern, and so matches nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every pattern that allows nothing beyond another one, with that other one.
    pub(crate) fn redundant(&self) -> impl Iterator<Item = (usize, &str, String)> {
        let places = self.lists.iter().zip(0..).flat_map(|(list, index)| {
            list.spans().map(move |span| (index, span.start, list.get(span)))
        });
        places.filter_map(|(list, start, text)| {
            let pattern = Pattern::parse(text).ok()?;
            let own = Key::of(&pattern, start, list);
            let found = self.find(own.shape, own.bytes(&self.lists))?;
            let is_repeated = (found.list, found.start) != (own.list, own.start);
            let wider = if is_repeated { found } else { self.wider(text, &pattern)? };
            Some((list as usize, text, wider.pattern(&self.lists)))
        })
    }

    /// Whether every origin that the pattern matches is matched by one pattern of the set.
    #[cfg(feature = "reload")]
    pub(crate) fn covers(&self, text: &str) -> bool {
        Pattern::parse(text).is_ok_and(|pattern| {
            let key = Key::of(&pattern, 0, 0);
            let list = OriginList::from_iter([text]);
            self.find(key.shape, key.bytes(&[list])).is_some()
                || self.wider(text, &pattern).is_some()
        })
    }

    pub(super) fn lists(&self) -> &[OriginList] {
        &self.lists
    }

    /// The text of a pattern that matches the origin.
    pub(crate) fn lookup_pattern(&self, origin: &[u8]) -> Option<String> {
        self.lookup(origin).map(|key| key.pattern(&self.lists))
    }

    /// A pattern that matches the origin.
    #[inline(always)]
    pub(super) fn lookup(&self, origin: &[u8]) -> Option<&Key> {
        let exact = self.find(Shape::Exact, origin);
        if exact.is_some() || !self.has_wildcards { exact } else { self.lookup_wildcard(origin) }
    }

    pub(super) fn lengths(&self, shape: Shape) -> &Lengths {
        &self.lengths[shape as usize]
    }

    pub(super) fn has(&self, shape: Shape) -> bool {
        !self.lengths(shape).is_empty()
    }

    #[inline(always)]
    pub(super) fn find(&self, shape: Shape, text: &[u8]) -> Option<&Key> {
        #[cfg(test)]
        LOOKUPS.set(LOOKUPS.get() + 1);
        if !self.lengths(shape).contains(text.len()) {
            return None;
        }
        self.keys.find(shape, text, &self.lists)
    }

    /// Another pattern that matches all that this one does.
    fn wider(&self, text: &str, pattern: &Pattern<'_>) -> Option<&Key> {
        let text = text.as_bytes();
        let (host_start, host_end) = (pattern.host_end() - pattern.host.len(), pattern.host_end());
        let scheme = pattern.scheme.as_bytes();
        let any_port = match pattern.port {
            Port::Any => None,
            _ if pattern.subdomains => {
                self.find(Shape::subdomains_any_port(scheme), &text[host_start - 1..host_end])
            }
            _ => self.find(Shape::AnyPort, &text[..host_end]),
        };
        any_port
            .or_else(|| self.find_end(Shape::subdomains(scheme), &text[host_start..]))
            .or_else(|| self.find_end(Shape::subdomains_any_port(scheme), pattern.host.as_bytes()))
    }
}

impl FromIterator<OriginPattern> for OriginSet {
    fn from_iter<I: IntoIterator<Item = OriginPattern>>(patterns: I) -> Self {
        Self::from_lists(vec![patterns.into_iter().collect()])
    }
}

impl fmt::Debug for OriginSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.lists.iter().flat_map(OriginList::iter)).finish()
    }
}

#[cfg(test)]
thread_local! {
    /// How many look-ups this thread has made.
    pub(super) static LOOKUPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}
