/// Which requests from other origins are answered 403 instead of being run.
///
/// For servers that must not *run* foreign requests: those behind web sockets and form posts, and
/// tools on the user's machine. In this order, a request
///
/// 1. with an allowed `Origin` runs;
/// 2. with any other `Origin` is refused, under [`ListedOnly`](Self::ListedOnly);
/// 3. with `Origin` and `Sec-Fetch-Site` runs if the latter is `same-origin` or `none`;
/// 4. with `Origin` alone runs if that is the address which the request is for: the URI's, else
///    that of `Host`;
/// 5. without `Origin` is refused if its method is not `GET`, `HEAD` or `OPTIONS` and
///    `Sec-Fetch-Site` says `cross-site` or `same-site`; else it runs.
///
/// It is no CSRF token, and methods and headers of actual requests are never enforced. `GET` without
/// `Origin` always runs, so check `Host` yourself against rebound host names.
///
/// Browsers send `Sec-Fetch-Site` only over https and to their own machine, and Chromium never with
/// a web socket's handshake. Step 4 has to decide the rest: it cannot tell http from https, needs
/// proxies to keep `Host` with its port, and refuses what it cannot compare, such as `null`.
/// `X-Forwarded-*` is never read. [The guide](crate::guide::enforcement) has an example.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[must_use]
#[non_exhaustive]
pub enum Enforce {
    /// Those whose `Origin` is not listed, even if it is the server's own: for servers that a page
    /// can reach under a rebound host name, such as tools on the user's machine.
    ListedOnly,
    /// None: all requests run, and CORS decides what pages may read.
    #[default]
    Off,
    /// Those whose origin is neither listed nor the server's own.
    SameOrigin,
}

impl From<bool> for Enforce {
    fn from(enforce: bool) -> Self {
        if enforce { Self::SameOrigin } else { Self::Off }
    }
}
