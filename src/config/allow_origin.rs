use std::future::Future;

use http::{HeaderValue, request::Parts};

use super::{
    Any,
    question::{Pending, Question},
};
use crate::origin::OriginList;

/// The origins whose pages may read responses: `Access-Control-Allow-Origin`. The default is none.
///
/// Strings are [patterns](crate::OriginPattern); header values are taken literally.
///
/// ```
/// use tower_cors::{AllowOrigin, CorsLayer};
///
/// let origins = AllowOrigin::patterns(["https://example.com", "https://*.example.com"])
///     .or(AllowOrigin::predicate(|origin, _parts| origin == "https://partner.example"));
/// assert!(CorsLayer::new().allow_origin(origins).build().is_ok());
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct AllowOrigin {
    pub(crate) is_any: bool,
    pub(crate) is_mirror: bool,
    pub(crate) fixed: Vec<HeaderValue>,
    pub(crate) lists: Vec<GivenOrigins>,
    pub(crate) predicates: Vec<Question<bool>>,
    pub(crate) async_predicates: Vec<Question<Pending>>,
}

/// The origins of one call.
#[derive(Clone, Debug)]
pub(crate) struct GivenOrigins {
    pub(crate) list: OriginList,
    pub(crate) spelling: Spelling,
    pub(crate) setting: &'static str,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Spelling {
    Literal,
    Pattern,
}

impl AllowOrigin {
    /// Allows any origin: `*`. Never with credentials.
    pub fn any() -> Self {
        Self { is_any: true, ..Self::default() }
    }

    /// Allows this origin, taken literally. `*` means any.
    pub fn exact(origin: HeaderValue) -> Self {
        if origin == "*" { Self::any() } else { Self::list([origin]) }
    }

    /// Allows one origin and sends its headers on every response, whoever asks, without `Vary`:
    /// caches keep one copy for all, and browsers refuse the copy to other origins.
    ///
    /// It stands alone: not inside [`or`](Self::or), nor beside
    /// [`AllowCredentials::predicate`](crate::AllowCredentials::predicate) or
    /// [`MaxAge::dynamic`](crate::MaxAge::dynamic).
    pub fn fixed(origin: HeaderValue) -> Self {
        Self { fixed: vec![origin], ..Self::default() }
    }

    /// Allows these origins, taken literally.
    pub fn list<I>(origins: I) -> Self
    where
        I: IntoIterator<Item = HeaderValue>,
    {
        let origins: Vec<HeaderValue> = origins.into_iter().collect();
        let texts = origins.iter().map(|origin| String::from_utf8_lossy(origin.as_bytes()));
        Self::origins("allow_origin", Spelling::Literal, texts.collect())
    }

    /// Allows the origins that match one of these [patterns](crate::OriginPattern). `*` alone means
    /// any.
    pub fn patterns<I>(patterns: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        Self::strings("allow_origins", patterns.into_iter().collect())
    }

    /// Allows the origins for which the predicate, given the origin and the request, says so.
    ///
    /// It sees serialized origins only, never `null`, and is asked about those that no list
    /// allows, on the preflight and again on the actual request.
    pub fn predicate<F>(predicate: F) -> Self
    where
        F: Fn(&HeaderValue, &Parts) -> bool + Send + Sync + 'static,
    {
        Self { predicates: vec![Question::new(predicate)], ..Self::default() }
    }

    /// Allows the origins for which the future says so, which is polled before that of the inner
    /// service.
    ///
    /// It sees serialized origins only, never `null`, and is asked about those that no list and no
    /// [`predicate`](Self::predicate) allows, on the preflight and again on the actual request.
    pub fn async_predicate<F, Fut>(predicate: F) -> Self
    where
        F: FnOnce(HeaderValue, &Parts) -> Fut + Send + Sync + 'static + Clone,
        Fut: Future<Output = bool> + Send + 'static,
    {
        let ask = move |origin: &HeaderValue, parts: &Parts| -> Pending {
            let (origin, answer) = (origin.clone(), predicate.clone()(origin.clone(), parts));
            Box::pin(async move { answer.await.then_some(origin) })
        };
        Self { async_predicates: vec![Question::new(ask)], ..Self::default() }
    }

    /// Allows every origin by sending it back. Never with credentials; prefer [`any`](Self::any),
    /// which caches better.
    pub fn mirror_request() -> Self {
        Self { is_mirror: true, ..Self::default() }
    }

    /// Allows what either allows: lists and patterns are asked first, then predicates in their
    /// order, then async predicates in theirs. Any origin absorbs the rest.
    pub fn or(mut self, other: impl Into<Self>) -> Self {
        let other = other.into();
        self.is_any |= other.is_any;
        self.is_mirror |= other.is_mirror;
        self.fixed.extend(other.fixed);
        self.lists.extend(other.lists);
        self.predicates.extend(other.predicates);
        self.async_predicates.extend(other.async_predicates);
        self
    }

    pub(crate) fn dangerous<I>(patterns: I) -> Vec<GivenOrigins>
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let list = patterns.into_iter().collect();
        Self::origins("dangerously_allow_origins", Spelling::Pattern, list).lists
    }

    pub(crate) fn strings(setting: &'static str, list: OriginList) -> Self {
        if list.iter().eq(["*"]) {
            Self::any()
        } else {
            Self::origins(setting, Spelling::Pattern, list)
        }
    }

    fn origins(setting: &'static str, spelling: Spelling, list: OriginList) -> Self {
        let lists = if list.is_empty() {
            Vec::new()
        } else {
            vec![GivenOrigins { list, spelling, setting }]
        };
        Self { lists, ..Self::default() }
    }
}

impl From<Any> for AllowOrigin {
    fn from(_: Any) -> Self {
        Self::any()
    }
}

impl From<HeaderValue> for AllowOrigin {
    fn from(origin: HeaderValue) -> Self {
        Self::exact(origin)
    }
}

impl<const N: usize> From<[HeaderValue; N]> for AllowOrigin {
    fn from(origins: [HeaderValue; N]) -> Self {
        Self::list(origins)
    }
}

impl From<Vec<HeaderValue>> for AllowOrigin {
    fn from(origins: Vec<HeaderValue>) -> Self {
        Self::list(origins)
    }
}

impl From<&str> for AllowOrigin {
    fn from(pattern: &str) -> Self {
        Self::strings("allow_origin", [pattern].into_iter().collect())
    }
}

impl From<String> for AllowOrigin {
    fn from(pattern: String) -> Self {
        Self::from(pattern.as_str())
    }
}
