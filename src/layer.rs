use std::sync::{Arc, OnceLock};

use http::StatusCode;
use tower_layer::Layer;

use crate::{
    config::{
        AllowCredentials, AllowHeaders, AllowMethods, AllowOrigin, Any, ConfigError, Enforce,
        ExposeHeaders, MaxAge, Settings, Vary, Warning,
    },
    policy::{Policy, warnings},
    service::Cors,
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
    policy: OnceLock<Result<Arc<Policy>, ConfigError>>,
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

    /// Sets whether pages may send credentials and read what is answered to them. Default: no.
    pub fn allow_credentials<T>(self, allow_credentials: T) -> Self
    where
        T: Into<AllowCredentials>,
    {
        self.set(|settings| {
            settings.allow_credentials = allow_credentials.into();
            settings.is_very_permissive = false;
        })
    }

    /// Sets which request headers pages may set. Default: the safelisted ones.
    pub fn allow_headers<T>(self, headers: T) -> Self
    where
        T: Into<AllowHeaders>,
    {
        self.set(|settings| settings.allow_headers = headers.into())
    }

    /// Sets which methods pages may use. Default: the safelisted `GET`, `HEAD` and `POST`, which
    /// need no listing.
    pub fn allow_methods<T>(self, methods: T) -> Self
    where
        T: Into<AllowMethods>,
    {
        self.set(|settings| settings.allow_methods = methods.into())
    }

    /// Sets the origins whose pages may read responses, replacing those of
    /// [`allow_origins`](Self::allow_origins). Default: none.
    pub fn allow_origin<T>(self, origin: T) -> Self
    where
        T: Into<AllowOrigin>,
    {
        self.set(|settings| {
            settings.allow_origin = origin.into();
            settings.allow_origin_calls += 1;
            settings.is_very_permissive = false;
        })
    }

    /// Sets the [patterns](crate::OriginPattern) of the origins whose pages may read responses,
    /// replacing those of [`allow_origin`](Self::allow_origin). `*` alone means [`Any`]. Default:
    /// none.
    pub fn allow_origins<I>(self, patterns: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        self.allow_origin(AllowOrigin::patterns(patterns))
    }

    /// Sets patterns of origins that are allowed although [`build`](Self::build) would refuse
    /// them with credentials, http origins and wildcards over public suffixes, and `null`, which
    /// is never allowed with credentials. They are added to those of the other setters.
    ///
    /// Every page of every site can have the origin `null`, and whoever is on the network's path
    /// can speak for an http origin.
    pub fn dangerously_allow_origins<I>(self, patterns: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        self.set(|settings| settings.dangerous_origins = AllowOrigin::dangerous(patterns))
    }

    /// Sets whether requests from origins that are not allowed are answered 403 instead of being
    /// run: `true` for [`Enforce::SameOrigin`], or [`Enforce::ListedOnly`]. Default: they run, and
    /// only reading is refused.
    pub fn enforce_origins(self, enforce: impl Into<Enforce>) -> Self {
        self.set(|settings| settings.enforce_origins = enforce.into())
    }

    /// Sets which response headers pages may read. Default: the safelisted ones.
    pub fn expose_headers<T>(self, headers: T) -> Self
    where
        T: Into<ExposeHeaders>,
    {
        self.set(|settings| settings.expose_headers = headers.into())
    }

    /// Sets how long browsers may remember a preflight's answer. Default: not sent, which browsers
    /// take for 5 seconds.
    pub fn max_age<T>(self, max_age: T) -> Self
    where
        T: Into<MaxAge>,
    {
        self.set(|settings| settings.max_age = max_age.into())
    }

    /// Sets the status of the answer to an allowed preflight, which must be a success: 200 for the
    /// few clients that choke on 204. Default: 204.
    pub fn preflight_status(self, status: StatusCode) -> Self {
        self.set(|settings| settings.preflight_status = Some(status))
    }

    /// Adds names to the `Vary` header of every response, for predicates that read other request
    /// headers than `Origin`. Default: none beyond those that the policy itself depends on.
    pub fn vary<T>(self, headers: T) -> Self
    where
        T: Into<Vary>,
    {
        self.set(|settings| settings.vary = headers.into().0)
    }

    /// Compiles the policy, so that a wrong one fails at start-up.
    ///
    /// # Errors
    ///
    /// With every problem of the configuration, each with what to write instead.
    pub fn build(self) -> Result<Self, ConfigError> {
        match self.policy() {
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
        warnings(&self.shared.settings)
    }

    fn policy(&self) -> Result<&Arc<Policy>, &ConfigError> {
        let Shared { settings, policy } = &*self.shared;
        policy.get_or_init(|| Policy::compile(settings).map(Arc::new)).as_ref()
    }

    fn of(settings: Settings) -> Self {
        Self { shared: Arc::new(Shared { settings, policy: OnceLock::new() }) }
    }

    /// A new policy is to be compiled, so other clones keep the one they have.
    fn set(self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = match Arc::try_unwrap(self.shared) {
            Ok(shared) => shared.settings,
            Err(shared) => shared.settings.clone(),
        };
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
        match self.policy() {
            Ok(policy) => Cors::new(inner, Arc::clone(policy)),
            Err(error) => panic!("{error}"),
        }
    }
}
