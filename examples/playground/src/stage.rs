//! All that the playground knows.

use std::sync::Arc;

use crate::{cache::Cache, places::Places, record::Record, serving::Serving};

#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) places: Places,
    pub(crate) serving: Arc<Serving>,
    pub(crate) cache: Arc<Cache>,
    pub(crate) record: Arc<Record>,
}

impl Stage {
    pub(crate) fn new(places: Places) -> Self {
        let serving = Arc::new(Serving::new());
        Self { places, serving, cache: Arc::default(), record: Arc::default() }
    }
}
