//! What the user says: one small file per kind of setting, and the wording of what is wrong with it.

mod allow_credentials;
mod allow_headers;
mod allow_methods;
mod allow_origin;
mod branch;
mod conflict;
mod enforce;
mod error;
mod expose_headers;
#[cfg(feature = "serde")]
pub(crate) mod file;
#[cfg(not(feature = "serde"))]
#[path = "no_file.rs"]
pub(crate) mod file;
mod max_age;
mod problem;
mod question;
mod remark;
mod shape;
#[cfg(feature = "public-suffix")]
mod suffix;
mod target;
#[cfg(feature = "serde")]
mod unread;
mod vary;
mod warning;

use http::StatusCode;

pub use self::{
    allow_credentials::AllowCredentials,
    allow_headers::AllowHeaders,
    allow_methods::AllowMethods,
    allow_origin::AllowOrigin,
    enforce::Enforce,
    error::ConfigError,
    expose_headers::ExposeHeaders,
    max_age::MaxAge,
    problem::Problem,
    target::Target,
    vary::{Vary, preflight_request_headers},
    warning::Warning,
};

pub(crate) use self::{
    allow_credentials::Credentials,
    allow_headers::Headers,
    allow_methods::Methods,
    allow_origin::{GivenOrigins, Spelling},
    branch::Branch,
    expose_headers::Exposed,
    max_age::Age,
    question::{Pending, Question},
};

/// Anything goes: any origin, any method, any request header, or any response header exposed.
///
/// ```
/// use tower_cors::{Any, CorsLayer};
///
/// let cors = CorsLayer::new().allow_origin(Any).allow_methods(Any);
/// assert!(cors.build().is_ok());
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Any;

/// All that the user said, unchecked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) allow_credentials: AllowCredentials,
    pub(crate) allow_headers: AllowHeaders,
    pub(crate) allow_methods: AllowMethods,
    pub(crate) allow_origin: AllowOrigin,
    /// How often `allow_origin` or `allow_origins` was called: the last call wins.
    pub(crate) allow_origin_calls: usize,
    /// Other settings for some of the targets: the first that is for a target counts.
    pub(crate) branches: Vec<Branch>,
    pub(crate) dangerous_origins: Vec<GivenOrigins>,
    pub(crate) enforce_origins: Enforce,
    pub(crate) expose_headers: ExposeHeaders,
    pub(crate) file: file::File,
    /// Whether the log is to leave out origins, which are user data.
    #[cfg(feature = "tracing")]
    pub(crate) hides_origins: bool,
    /// Whether the policy may be replaced by another one, and so answers nobody for good.
    pub(crate) is_reloadable: bool,
    /// Only `very_permissive` may mirror every origin with credentials.
    pub(crate) is_very_permissive: bool,
    pub(crate) max_age: MaxAge,
    /// 204, unless said otherwise.
    pub(crate) preflight_status: Option<StatusCode>,
    pub(crate) vary: Vec<http::HeaderName>,
}
