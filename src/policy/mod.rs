//! Settings -> policy, or every problem. Only here are settings parsed.

#[cfg(feature = "reload")]
mod change;
mod exposed;
#[cfg(feature = "tracing")]
mod gate;
mod headers;
mod max_age;
mod methods;
mod origins;
#[cfg(feature = "reload")]
mod reloadable;
mod requested;
mod risk;
mod said;
mod source;
#[cfg(feature = "reload")]
mod sync;
mod vary;
mod warnings;

#[cfg(feature = "tracing")]
use std::sync::Arc;

use http::{HeaderValue, StatusCode, header};

#[cfg(feature = "reload")]
pub use self::change::PolicyChange;
pub(crate) use self::{
    exposed::{Exposed, SAFELISTED_RESPONSE_HEADERS},
    headers::Headers,
    max_age::{MaxAge, whole_seconds},
    methods::Methods,
    origins::Origins,
    said::Said,
    source::Source,
    vary::Vary,
    warnings::warnings,
};
#[cfg(feature = "reload")]
pub(crate) use self::{reloadable::Reloadable, source::Selector};
use crate::config::{Age, Credentials, Enforce, Problem, Settings, file};

/// What requests are decided by: immutable, and nothing in it needs checking again.
#[derive(Debug)]
pub(crate) struct Policy {
    pub(crate) origins: Origins,
    pub(crate) allows_null: bool,
    pub(crate) credentials: Credentials,
    pub(crate) methods: Methods,
    pub(crate) headers: Headers,
    pub(crate) exposed: Exposed,
    pub(crate) max_age: MaxAge,
    pub(crate) preflight_status: StatusCode,
    pub(crate) enforce: Enforce,
    /// Everyone is answered alike, for as long as the policy is served, and so without `Vary`.
    pub(crate) is_static: bool,
    pub(crate) vary: Vary,
    pub(crate) preflight_vary: Vary,
    /// How often refusals may be told of loudly.
    #[cfg(feature = "tracing")]
    pub(crate) gate: Arc<gate::Gate>,
    #[cfg(feature = "tracing")]
    pub(crate) traces_origins: bool,
    /// Some predicate wants to see the request's parts.
    pub(crate) reads_parts: bool,
    pub(crate) said: Said,
}

impl Policy {
    /// Takes over what must not begin anew when a policy is replaced.
    #[cfg(all(feature = "reload", feature = "tracing"))]
    fn succeed(&mut self, old: &Self) {
        self.gate = Arc::clone(&old.gate);
    }

    #[cfg(all(feature = "reload", not(feature = "tracing")))]
    fn succeed(&mut self, _old: &Self) {}

    fn from_valid(settings: &Settings) -> Self {
        let origins = Origins::compile(settings);
        let methods = Methods::compile(settings);
        let headers = Headers::compile(settings);
        let is_static = origins.is_static() && !settings.is_reloadable;
        Self {
            allows_null: origins::allows_null(settings),
            credentials: settings.allow_credentials.0.clone(),
            exposed: Exposed::compile(settings),
            max_age: MaxAge::compile(settings),
            preflight_status: settings.preflight_status.unwrap_or(StatusCode::NO_CONTENT),
            enforce: settings.enforced(),
            is_static,
            vary: Vary::compile(settings, is_static),
            preflight_vary: Vary::compile_preflight(settings, is_static, &methods, &headers),
            #[cfg(feature = "tracing")]
            gate: Arc::default(),
            #[cfg(feature = "tracing")]
            traces_origins: !settings.hides_origins,
            reads_parts: origins.reads_parts()
                || matches!(settings.allow_credentials.0, Credentials::Asked(_))
                || matches!(settings.max_age.0, Age::Dynamic(_)),
            said: Said::compile(settings),
            origins,
            methods,
            headers,
        }
    }
}

/// All that is wrong, told in the words of the file that it comes from, if it does.
pub(crate) fn problems(settings: &Settings) -> Vec<Problem> {
    file::problems(settings, check)
}

fn check(settings: &Settings) -> Vec<Problem> {
    let mut problems = origins::problems(settings);
    problems.extend(methods::problems(settings));
    problems.extend(headers::problems(settings));
    problems.extend(exposed::problems(settings));
    problems.extend(preflight_status_problem(settings));
    problems
}

/// Whether credentials may ever be allowed: all rules for them hold then.
fn may_allow_credentials(settings: &Settings) -> bool {
    !matches!(settings.allow_credentials.0, Credentials::Never)
}

fn preflight_status_problem(settings: &Settings) -> Option<Problem> {
    let status = settings.preflight_status.filter(|status| !status.is_success())?;
    Some(Problem::preflight_status(status.as_str()))
}

/// A prepared header value of names joined by commas.
fn line<'a>(names: impl Iterator<Item = &'a str>, separator: &str) -> HeaderValue {
    let text = names.collect::<Vec<_>>().join(separator);
    if text == header::ORIGIN.as_str() {
        // The commonest `Vary`: what is static has no count to keep.
        return HeaderValue::from_static("origin");
    }
    let line = HeaderValue::try_from(text).expect("names are tokens");
    // The first clone of a value made from a string allocates: it is better made here.
    drop(line.clone());
    line
}
