use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::{
    key::{Key, Shape},
    list::OriginList,
};

/// Keys by their texts, each there once. The hash is keyed at random, since origins may be
/// registered by strangers.
#[derive(Clone)]
pub(super) enum Keys {
    Many {
        table: HashTable<Key>,
        hasher: RandomState,
    },
    /// The commonest configuration: a comparison is a fraction of a hash.
    One(Key),
}

impl Keys {
    /// Takes in the keys, whose texts are in the lists.
    pub(super) fn of(keys: impl Iterator<Item = Key>, len: usize, lists: &[OriginList]) -> Self {
        let hasher = RandomState::default();
        let mut table = HashTable::with_capacity(len);
        for key in keys {
            let text = key.bytes(lists);
            let hash = hash(&hasher, key.shape, text);
            if table.find(hash, |known| is_same(known, key.shape, text, lists)).is_none() {
                table.insert_unique(hash, key, |_| unreachable!("there is room for all keys"));
            }
        }
        match table.iter().next() {
            Some(only) if table.len() == 1 => Self::One(*only),
            _ => Self::Many { table, hasher },
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Many { table, .. } => table.len(),
            Self::One(_) => 1,
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Key> {
        let (only, table) = match self {
            Self::Many { table, .. } => (None, Some(table.iter())),
            Self::One(key) => (Some(key), None),
        };
        only.into_iter().chain(table.into_iter().flatten())
    }

    #[inline]
    pub(super) fn find(&self, shape: Shape, text: &[u8], lists: &[OriginList]) -> Option<&Key> {
        match self {
            Self::Many { table, hasher } => find_among(table, hasher, shape, text, lists),
            Self::One(key) => is_same(key, shape, text, lists).then_some(key),
        }
    }
}

impl Default for Keys {
    fn default() -> Self {
        Self::Many { table: HashTable::new(), hasher: RandomState::default() }
    }
}

fn find_among<'a>(
    table: &'a HashTable<Key>,
    hasher: &RandomState,
    shape: Shape,
    text: &[u8],
    lists: &[OriginList],
) -> Option<&'a Key> {
    table.find(hash(hasher, shape, text), |key| is_same(key, shape, text, lists))
}

#[inline]
fn is_same(key: &Key, shape: Shape, text: &[u8], lists: &[OriginList]) -> bool {
    key.shape == shape && key.bytes(lists) == text
}

fn hash(hasher: &RandomState, shape: Shape, text: &[u8]) -> u64 {
    let mut state = hasher.build_hasher();
    state.write_u8(shape as u8);
    state.write(text);
    state.finish()
}
