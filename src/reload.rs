use std::{fmt, sync::Arc};

use crate::{
    config::{ConfigError, Settings},
    layer::CorsLayer,
    policy::{PolicyChange, Reloadable, Selector, Source},
    trace,
};

/// Replaces the policy of a [reloadable](CorsLayer::reloadable) layer, and of all its services,
/// while they serve.
///
/// Clones of a handle are for the same layer.
#[derive(Clone)]
#[must_use]
pub struct CorsHandle {
    reloadable: Arc<Reloadable>,
}

impl CorsLayer {
    /// Compiles the policy, and makes it one that the handle can replace while it is served, in all
    /// clones of the layer and all services made from them.
    ///
    /// A request is answered by one policy from beginning to end: the one that there was when it
    /// came. As the answer may change, it is never the same for everyone: `Vary: Origin` is always
    /// there, also where [`Any`](crate::Any) is allowed.
    ///
    /// Call it last: a setter that is called afterwards makes a layer that does not build.
    ///
    /// # Errors
    ///
    /// With every problem of the configuration, such as a [`when`](Self::when), which goes with one
    /// policy only.
    ///
    /// ```
    /// # fn main() -> Result<(), tower_cors::ConfigError> {
    /// use tower_cors::CorsLayer;
    ///
    /// let (cors, handle) =
    ///     CorsLayer::new().allow_origins(["https://example.com"]).reloadable()?;
    /// let app: axum::Router = axum::Router::new().layer(cors);
    ///
    /// let change = handle.reload(handle.current().allow_origins(["https://*.example.com"]))?;
    /// assert_eq!(change.opened().collect::<Vec<_>>(), ["https://*.example.com"]);
    /// assert_eq!(change.closed().collect::<Vec<_>>(), ["https://example.com"]);
    /// # drop(app);
    /// # Ok(())
    /// # }
    /// ```
    #[cfg_attr(docsrs, doc(cfg(feature = "reload")))]
    pub fn reloadable(self) -> Result<(Self, CorsHandle), ConfigError> {
        let settings = self.into_settings();
        let reloadable = Arc::new(Reloadable::compile(&settings)?);
        trace::warnings(&settings);
        let settings = Settings { is_reloadable: true, ..settings };
        let selector = Arc::new(Selector::Reloadable(Arc::clone(&reloadable)));
        let layer = Self::reading(settings, Source::Selector(selector));
        Ok((layer, CorsHandle { reloadable }))
    }
}

impl CorsHandle {
    /// Replaces the policy by that of another layer, which is not reloadable itself, and tells what
    /// it changes. Requests that come afterwards are answered by the new one.
    ///
    /// An origin that is closed is refused from then on; but browsers go by the preflights' answers
    /// that they remember until [`max_age`](CorsLayer::max_age) is over, and caches by the responses
    /// that they hold.
    ///
    /// With the feature `tracing` the change is logged, as a warning if it newly allows any origin
    /// or credentials, and so are the warnings of the new configuration.
    ///
    /// # Errors
    ///
    /// With every problem of the configuration; the policy stays as it was.
    pub fn reload(&self, layer: CorsLayer) -> Result<PolicyChange, ConfigError> {
        let settings = layer.into_settings();
        let change = self.reloadable.replace(&settings)?;
        trace::warnings(&settings);
        trace::change(&change);
        Ok(change)
    }

    /// The configuration that is served, to be changed and given to [`reload`](Self::reload). It is
    /// not reloadable itself.
    pub fn current(&self) -> CorsLayer {
        CorsLayer::of(self.reloadable.settings())
    }
}

impl fmt::Debug for CorsHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CorsHandle").field(&self.current()).finish()
    }
}
