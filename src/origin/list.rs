use std::{fmt, iter, ops::Range, sync::Arc};

use super::error::shown;

/// Origins as the user gave them, unchecked, in one text that settings and policy share.
#[derive(Clone, Default)]
pub(crate) struct OriginList(Arc<Entries>);

#[derive(Default)]
struct Entries {
    text: String,
    ends: Vec<usize>,
}

impl OriginList {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.ends.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.ends.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.spans().map(|span| self.get(span))
    }

    /// Where each origin stands in the text.
    pub(super) fn spans(&self) -> impl Iterator<Item = Range<usize>> {
        let ends = self.0.ends.iter().copied();
        iter::once(0).chain(ends.clone()).zip(ends).map(|(start, end)| start..end)
    }

    pub(super) fn get(&self, span: Range<usize>) -> &str {
        &self.0.text[span]
    }

    #[inline]
    pub(super) fn bytes(&self) -> &[u8] {
        self.0.text.as_bytes()
    }
}

impl<T: AsRef<str>> FromIterator<T> for OriginList {
    fn from_iter<I: IntoIterator<Item = T>>(origins: I) -> Self {
        let mut entries = Entries::default();
        for origin in origins {
            entries.text.push_str(origin.as_ref());
            entries.ends.push(entries.text.len());
        }
        entries.text.shrink_to_fit();
        entries.ends.shrink_to_fit();
        Self(Arc::new(entries))
    }
}

impl fmt::Debug for OriginList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(shown)).finish()
    }
}
