mod presets;
mod setters;

use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

use http::request::Parts;
use tower_layer::Layer;

use crate::{
    config::{
        AllowCredentials, AllowHeaders, AllowMethods, AllowOrigin, Any, ConfigError, Settings,
        Warning,
    },
    explain::{Explanation, explain},
    policy::{Source, warnings},
    service::Cors,
    trace,
};

/// Builder of a CORS policy, and the layer that applies it.
///
/// Setters never fail; [`build`](Self::build) tells every problem at once. A setter that is called
/// again replaces what it was given before. [The crate's page](crate) tells the story.
///
/// ```
/// # fn main() -> Result<(), tower_cors::ConfigError> {
/// use http::{Method, header};
/// use tower_cors::CorsLayer;
///
/// let cors = CorsLayer::new()
///     .allow_origins(["https://example.com", "https://*.example.com"])
///     .allow_methods([Method::PUT, Method::DELETE])
///     .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
///     .allow_credentials(true)
///     .build()?;
/// assert!(cors.warnings().is_empty());
/// # Ok(())
/// # }
/// ```
///
/// Cloning a layer, or applying it, costs one reference count: its policy is compiled once.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct CorsLayer {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    settings: Settings,
    source: OnceLock<Result<Source, ConfigError>>,
}

impl CorsLayer {
    /// Creates a layer that allows nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a layer that lets any page read everything that needs no credentials: [`Any`]
    /// origin, method and header, and every response header exposed.
    pub fn permissive() -> Self {
        Self::of(Settings {
            allow_headers: Any.into(),
            allow_methods: Any.into(),
            allow_origin: Any.into(),
            expose_headers: Any.into(),
            ..Settings::default()
        })
    }

    /// Creates a layer that lets any page read everything *with the user's credentials*, except
    /// pages whose origin is `null`. For development: in production it hands every user's data to
    /// every site they visit.
    ///
    /// Calling [`allow_origin`](Self::allow_origin), [`allow_origins`](Self::allow_origins) or
    /// [`allow_credentials`](Self::allow_credentials) afterwards ends the licence.
    pub fn very_permissive() -> Self {
        Self::of(Settings {
            allow_credentials: AllowCredentials::yes(),
            allow_headers: AllowHeaders::mirror_request(),
            allow_methods: AllowMethods::mirror_request(),
            allow_origin: AllowOrigin::mirror_request(),
            is_very_permissive: true,
            ..Settings::default()
        })
    }

    /// Compiles the policy, so that a wrong one fails at start-up.
    ///
    /// # Errors
    ///
    /// With every problem of the configuration, each with what to write instead.
    pub fn build(self) -> Result<Self, ConfigError> {
        match self.source() {
            Ok(_) => Ok(self),
            Err(error) => Err(error.clone()),
        }
    }

    /// What is legal in the configuration but surely not meant, the worst first.
    ///
    /// ```
    /// let cors = tower_cors::CorsLayer::new();
    /// assert_eq!(cors.warnings()[0].code(), "no-origin");
    /// ```
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        warnings(&self.settings())
    }

    /// Tells what the layer makes of a request, why, and what would allow it, without a server.
    ///
    /// Predicates are asked; what an async one returns is not waited for.
    ///
    /// # Errors
    ///
    /// With every problem of the configuration.
    ///
    /// ```
    /// # fn main() -> Result<(), tower_cors::ConfigError> {
    /// let cors = tower_cors::CorsLayer::new().allow_origins(["https://app.example.com"]);
    /// let request = http::Request::get("/users").header("origin", "https://app.example.com:8443");
    /// let (parts, ()) = request.body(()).unwrap().into_parts();
    /// assert_eq!(
    ///     cors.explain(&parts)?.to_string(),
    ///     "actual GET /users: denied: origin \"https://app.example.com:8443\" is not allowed\n  \
    ///      closest: \"https://app.example.com\": the port differs\n  \
    ///      to allow it: .allow_origins([…, \"https://app.example.com:8443\"])",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn explain(&self, parts: &Parts) -> Result<Explanation, ConfigError> {
        match self.source() {
            Ok(source) => Ok(explain(source, parts)),
            Err(error) => Err(error.clone()),
        }
    }

    fn source(&self) -> Result<&Source, &ConfigError> {
        let Shared { settings, source } = &*self.shared;
        let compile = || {
            let source = Source::compile(settings)?;
            trace::warnings(settings);
            Ok(source)
        };
        source.get_or_init(compile).as_ref()
    }

    pub(crate) fn of(settings: Settings) -> Self {
        Self { shared: Arc::new(Shared { settings, source: OnceLock::new() }) }
    }

    /// A layer that reads its policy from there.
    #[cfg(feature = "reload")]
    pub(crate) fn reading(settings: Settings, source: Source) -> Self {
        let source = OnceLock::from(Ok(source));
        Self { shared: Arc::new(Shared { settings, source }) }
    }

    /// What the policy of now was made from, or will be.
    pub(crate) fn settings(&self) -> Cow<'_, Settings> {
        let Shared { settings, source } = &*self.shared;
        match source.get() {
            Some(Ok(Source::Selector(selector))) => selector.settings(settings),
            _ => Cow::Borrowed(settings),
        }
    }

    pub(crate) fn into_settings(self) -> Settings {
        match Arc::try_unwrap(self.shared) {
            Ok(shared) => shared.settings,
            Err(shared) => shared.settings.clone(),
        }
    }

    /// Changes one setting, whatever a file said of it.
    fn replace(self, setting: &'static str, change: impl FnOnce(&mut Settings)) -> Self {
        self.set(|settings| {
            settings.file.forget(setting);
            change(settings);
        })
    }

    /// A new policy is to be compiled, so other clones keep the one they have.
    pub(crate) fn set(self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = self.into_settings();
        change(&mut settings);
        Self::of(settings)
    }
}

impl<S> Layer<S> for CorsLayer {
    type Service = Cors<S>;

    /// Applies the layer.
    ///
    /// # Panics
    ///
    /// If the configuration has problems, with the text of the [`ConfigError`]; after
    /// [`build`](CorsLayer::build) it has none.
    fn layer(&self, inner: S) -> Cors<S> {
        match self.source() {
            Ok(source) => Cors::new(inner, source.clone()),
            Err(error) => panic!("{error}"),
        }
    }
}
