use std::{
    fmt,
    hash::{BuildHasher, Hasher},
};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::{
    grammar::{self, MAX_LEN},
    key::{Key, Lengths, Shape},
    list::OriginList,
    parse::{Pattern, Port},
    pattern::OriginPattern,
    request::Origin,
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
    keys: HashTable<Key>,
    hasher: RandomState,
    lengths: [Lengths; Shape::COUNT],
    has_wildcards: bool,
}

impl OriginSet {
    /// Takes in the valid patterns of the lists; the others match nothing.
    pub(crate) fn from_lists(lists: Vec<OriginList>) -> Self {
        let mut set = Self { lists, ..Self::default() };
        let len = set.lists.iter().map(OriginList::len).sum();
        set.keys.reserve(len, |_| 0);
        for (list, index) in set.lists.clone().iter().zip(0..) {
            for span in list.spans() {
                if let Ok(pattern) = Pattern::parse(list.get(span.clone())) {
                    set.insert(Key::of(&pattern, span.start, index));
                }
            }
        }
        set
    }

    /// Whether one of the patterns matches a serialized origin, such as the value of an `Origin`
    /// header. Text that is not one, `null` included, matches nothing.
    #[must_use]
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
        self.keys.is_empty()
    }

    /// Every pattern that allows nothing beyond another one, with that other one.
    pub(crate) fn redundant(&self) -> impl Iterator<Item = (usize, &str, String)> {
        let places = self.lists.iter().zip(0..).flat_map(|(list, index)| {
            list.spans().map(move |span| (index, span.start, list.get(span)))
        });
        places.filter_map(|(list, start, text)| {
            let pattern = Pattern::parse(text).ok()?;
            let own = Key::of(&pattern, start, list);
            let found = self.find(own.shape, own.text(&self.lists).as_bytes())?;
            let is_repeated = (found.list, found.start) != (own.list, own.start);
            let wider = if is_repeated { found } else { self.wider(text, &pattern)? };
            Some((list as usize, text, wider.pattern(&self.lists)))
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
    pub(super) fn lookup(&self, origin: &[u8]) -> Option<&Key> {
        let exact = self.find(Shape::Exact, origin);
        if exact.is_some() || !self.has_wildcards { exact } else { self.lookup_wildcard(origin) }
    }

    pub(super) fn find(&self, shape: Shape, text: &[u8]) -> Option<&Key> {
        #[cfg(test)]
        LOOKUPS.set(LOOKUPS.get() + 1);
        if !self.lengths[shape as usize].contains(text.len()) {
            return None;
        }
        let is_same = |key: &Key| key.shape == shape && key.text(&self.lists).as_bytes() == text;
        self.keys.find(hash(&self.hasher, shape, text), is_same)
    }

    fn insert(&mut self, key: Key) {
        let text = key.text(&self.lists).as_bytes();
        if self.find(key.shape, text).is_some() {
            return;
        }
        let hash = hash(&self.hasher, key.shape, text);
        let (lists, hasher) = (&self.lists, &self.hasher);
        self.keys.insert_unique(hash, key, |key| hash_key(hasher, lists, key));
        self.lengths[key.shape as usize].insert(key.len.into());
        self.has_wildcards |= key.shape != Shape::Exact;
    }

    /// What a wildcard stood for is checked last, and only for the rare origin that needs it: the
    /// origin must be a serialized one.
    fn lookup_wildcard(&self, origin: &[u8]) -> Option<&Key> {
        if origin.len() > MAX_LEN {
            return None;
        }
        let scheme: &[u8] = if origin.starts_with(b"https:") { b"https" } else { b"http" };
        let authority = origin.strip_prefix(scheme)?.strip_prefix(b"://")?;
        let host_len = grammar::split_port(authority).0.len();
        let host_end = origin.len() - authority.len() + host_len;
        let any_port = self.find(Shape::AnyPort, &origin[..host_end]);
        let key = any_port.or_else(|| self.find_suffix(scheme, authority, host_len))?;
        Origin::parse(origin).map(|_| key)
    }

    /// Looks up every end of the authority that begins at a dot of its host.
    fn find_suffix(&self, scheme: &[u8], authority: &[u8], host_len: usize) -> Option<&Key> {
        let (one_port, any_port) = (Shape::subdomains(scheme), Shape::subdomains_any_port(scheme));
        (1..host_len).filter(|at| authority[*at] == b'.').find_map(|dot| {
            let exact = self.find(one_port, &authority[dot..]);
            exact.or_else(|| self.find(any_port, &authority[dot..host_len]))
        })
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
        any_port.or_else(|| self.find_suffix(scheme, &text[host_start..], pattern.host.len()))
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

fn hash(hasher: &RandomState, shape: Shape, text: &[u8]) -> u64 {
    let mut state = hasher.build_hasher();
    state.write_u8(shape as u8);
    state.write(text);
    state.finish()
}

fn hash_key(hasher: &RandomState, lists: &[OriginList], key: &Key) -> u64 {
    hash(hasher, key.shape, key.text(lists).as_bytes())
}
