use http::StatusCode;

use super::CorsLayer;
use crate::config::{
    AllowCredentials, AllowHeaders, AllowMethods, AllowOrigin, Branch, Enforce, ExposeHeaders,
    MaxAge, Target, Vary,
};

impl CorsLayer {
    /// Sets whether pages may send credentials and read what is answered to them. Default: no.
    pub fn allow_credentials<T>(self, allow_credentials: T) -> Self
    where
        T: Into<AllowCredentials>,
    {
        self.replace("allow_credentials", |settings| {
            settings.allow_credentials = allow_credentials.into();
            settings.is_very_permissive = false;
        })
    }

    /// Sets which request headers pages may set. Default: the safelisted ones.
    pub fn allow_headers<T>(self, headers: T) -> Self
    where
        T: Into<AllowHeaders>,
    {
        self.replace("allow_headers", |settings| settings.allow_headers = headers.into())
    }

    /// Sets which methods pages may use. Default: the safelisted `GET`, `HEAD` and `POST`, which
    /// need no listing.
    pub fn allow_methods<T>(self, methods: T) -> Self
    where
        T: Into<AllowMethods>,
    {
        self.replace("allow_methods", |settings| settings.allow_methods = methods.into())
    }

    /// Sets the origins whose pages may read responses, replacing those of
    /// [`allow_origins`](Self::allow_origins). Default: none.
    pub fn allow_origin<T>(self, origin: T) -> Self
    where
        T: Into<AllowOrigin>,
    {
        self.replace("allow_origin", |settings| {
            settings.allow_origin = origin.into();
            settings.allow_origin_calls += 1;
            settings.is_very_permissive = false;
        })
    }

    /// Sets the [patterns](crate::OriginPattern) of the origins whose pages may read responses,
    /// replacing those of [`allow_origin`](Self::allow_origin). `*` alone means any. Default:
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
        self.replace("dangerously_allow_origins", |settings| {
            settings.dangerous_origins = AllowOrigin::dangerous(patterns);
        })
    }

    /// Sets whether requests from origins that are not allowed are answered 403 instead of being
    /// run: `true` for [`Enforce::SameOrigin`], or [`Enforce::ListedOnly`]. Default: they run, and
    /// only reading is refused.
    pub fn enforce_origins(self, enforce: impl Into<Enforce>) -> Self {
        self.replace("enforce_origins", |settings| settings.enforce_origins = enforce.into())
    }

    /// Sets which response headers pages may read. Default: the safelisted ones.
    pub fn expose_headers<T>(self, headers: T) -> Self
    where
        T: Into<ExposeHeaders>,
    {
        self.replace("expose_headers", |settings| settings.expose_headers = headers.into())
    }

    /// Sets how long browsers may remember a preflight's answer. Default: not sent, which browsers
    /// take for 5 seconds.
    pub fn max_age<T>(self, max_age: T) -> Self
    where
        T: Into<MaxAge>,
    {
        self.replace("max_age", |settings| settings.max_age = max_age.into())
    }

    /// Sets the status of the answer to an allowed preflight, which must be a success: 200 for the
    /// few clients that choke on 204. Default: 204.
    pub fn preflight_status(self, status: StatusCode) -> Self {
        self.replace("preflight_status", |settings| settings.preflight_status = Some(status))
    }

    /// Sets whether the events of refused requests show their origin, which is user data. Default:
    /// yes.
    #[cfg(feature = "tracing")]
    #[cfg_attr(docsrs, doc(cfg(feature = "tracing")))]
    pub fn trace_origins(self, show: bool) -> Self {
        self.replace("trace_origins", |settings| settings.hides_origins = !show)
    }

    /// Sets another policy for the requests whose target meets the condition: that of the first
    /// `when` whose condition is met, else this layer's own.
    ///
    /// A preflight and the request that it announces have the same target, and so the same policy.
    /// [`build`](Self::build) checks and compiles all of them. Setters called on this layer do not
    /// reach the other one.
    ///
    /// What a condition reads of the [`Target::extensions`](crate::Target::extensions) should
    /// depend on URI and host alone; else name the header that it depends on with
    /// [`vary`](Self::vary), on both layers.
    ///
    /// ```
    /// # fn main() -> Result<(), tower_cors::ConfigError> {
    /// use tower_cors::{Any, CorsLayer};
    ///
    /// let public = CorsLayer::new().allow_origin(Any);
    /// let partners = CorsLayer::new()
    ///     .allow_origins(["https://partner.example"])
    ///     .allow_credentials(true);
    /// // Elsewhere no page may read.
    /// let cors = CorsLayer::new()
    ///     .when(|target| target.host() == Some("public.example.com"), public)
    ///     .when(|target| target.uri().path().starts_with("/partners/"), partners)
    ///     .build()?;
    /// assert!(cors.warnings().is_empty());
    /// # Ok(())
    /// # }
    /// ```
    pub fn when<F>(self, condition: F, layer: Self) -> Self
    where
        F: Fn(&Target<'_>) -> bool + Send + Sync + 'static,
    {
        let branch = Branch::new(condition, layer.into_settings());
        self.set(|settings| settings.branches.push(branch))
    }

    /// Adds names to the `Vary` header of every response, for predicates that read other request
    /// headers than `Origin`. Default: none beyond those that the policy itself depends on.
    pub fn vary<T>(self, headers: T) -> Self
    where
        T: Into<Vary>,
    {
        self.replace("vary", |settings| settings.vary = headers.into().0)
    }
}
