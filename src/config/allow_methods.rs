use http::Method;

use super::Any;

/// The methods that pages may use: `Access-Control-Allow-Methods`. The default is none beyond the
/// [safelisted](https://fetch.spec.whatwg.org/#cors-safelisted-method) `GET`, `HEAD` and `POST`,
/// which need no permission.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct AllowMethods(pub(crate) Methods);

#[derive(Clone, Debug)]
pub(crate) enum Methods {
    Any,
    List(Vec<Method>),
    Requested,
}

impl AllowMethods {
    /// Allows any method: `*`, or the method that the preflight names where credentials are
    /// allowed.
    pub fn any() -> Self {
        Self(Methods::Any)
    }

    /// Allows this method.
    pub fn exact(method: Method) -> Self {
        Self::list([method])
    }

    /// Allows these methods.
    pub fn list<I>(methods: I) -> Self
    where
        I: IntoIterator<Item = Method>,
    {
        Self(Methods::List(methods.into_iter().collect()))
    }

    /// Allows the method that the preflight names.
    pub fn mirror_request() -> Self {
        Self(Methods::Requested)
    }
}

impl Default for Methods {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl From<Any> for AllowMethods {
    fn from(_: Any) -> Self {
        Self::any()
    }
}

impl From<Method> for AllowMethods {
    fn from(method: Method) -> Self {
        Self::exact(method)
    }
}

impl<const N: usize> From<[Method; N]> for AllowMethods {
    fn from(methods: [Method; N]) -> Self {
        Self::list(methods)
    }
}

impl From<Vec<Method>> for AllowMethods {
    fn from(methods: Vec<Method>) -> Self {
        Self::list(methods)
    }
}
