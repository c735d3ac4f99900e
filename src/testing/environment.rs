use std::sync::Arc;

use super::{origin::Origin, state::Shared, url::Url};

/// Where a script runs.
#[derive(Clone, Debug)]
pub(super) struct Environment {
    pub(super) shared: Arc<Shared>,
    pub(super) origin: Origin,
    /// What relative URLs are relative to: none for `null` and app schemes.
    pub(super) url: Option<Url>,
    /// The site of the top-level page, by which preflights are remembered apart.
    pub(super) partition: String,
}
