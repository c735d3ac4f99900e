//! All that the playground knows.

use std::sync::Arc;

use crate::{cache::Cache, places::Places, record::Record, serving::Serving};

#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) places: Places,
    pub(crate) serving: Arc<Serving>,
    pub(crate) cache: Arc<Cache>,
    pub(crate) record: Record,
}

impl Stage {
    pub(crate) fn new(places: Places) -> Self {
        let (serving, cache) = (Arc::new(Serving::new()), Arc::default());
        Self { places, serving, cache, record: Record::default() }
    }
}
