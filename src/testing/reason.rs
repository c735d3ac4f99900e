use std::fmt;

use http::{Method, StatusCode};

const CREDENTIALS: &str = "'Access-Control-Allow-Credentials'";
const ORIGIN: &str = "'Access-Control-Allow-Origin'";

/// Why the page sees nothing but a failed fetch.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// `Access-Control-Allow-Credentials` says something else than `true`.
    AllowCredentialsMismatch(String),
    /// The fetch includes credentials, and `Access-Control-Allow-Credentials` is missing.
    AllowCredentialsMissing,
    /// `Access-Control-Allow-Headers` is not a list of names.
    AllowHeadersMalformed(String),
    /// `Access-Control-Allow-Methods` is not a list of methods.
    AllowMethodsMalformed(String),
    /// `Access-Control-Allow-Origin` says something else than the page's origin.
    AllowOriginMismatch(String),
    /// There is no `Access-Control-Allow-Origin`.
    AllowOriginMissing,
    /// `Access-Control-Allow-Origin` says more than one thing.
    AllowOriginMultiple(String),
    /// `Access-Control-Allow-Origin` is `*`, and the fetch includes credentials.
    AllowOriginWildcard,
    /// The preflight's answer does not list this header of the request.
    HeaderNotAllowed(String),
    /// The preflight's answer does not list the method.
    MethodNotAllowed(Method),
    /// The URL is of another origin, and the fetch has the mode `same-origin`.
    NotSameOrigin,
    /// The preflight was redirected.
    PreflightRedirected(StatusCode),
    /// The preflight was answered with a status that is no success.
    PreflightStatus(StatusCode),
    /// A redirect leads to a URL with a user name or a password.
    RedirectCredentials,
    /// A redirect leads nowhere: its `Location` is no http(s) URL.
    RedirectInvalid(String),
    /// There was a redirect, and the fetch follows none.
    RedirectNotAllowed,
    /// A redirect asks for a streamed body again, which is gone.
    RedirectedStream,
    /// The service, or the body of its response, ended in this error.
    ServiceFailed(String),
    /// There were more than 20 redirects.
    TooManyRedirects,
    /// The script called `fetch` in a way that throws before anything is sent.
    TypeError(String),
}

impl fmt::Display for Reason {
    /// What a browser's console says about it, in fewer words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AllowCredentialsMismatch(value) => {
                write!(f, "{CREDENTIALS} is '{value}' and must be 'true'")
            }
            Self::AllowCredentialsMissing => write!(f, "no {CREDENTIALS} header is present"),
            Self::AllowHeadersMalformed(value) => {
                write!(f, "'Access-Control-Allow-Headers' cannot be parsed: '{value}'")
            }
            Self::AllowMethodsMalformed(value) => {
                write!(f, "'Access-Control-Allow-Methods' cannot be parsed: '{value}'")
            }
            Self::AllowOriginMismatch(value) => {
                write!(f, "{ORIGIN} is '{value}', which is not the request's origin")
            }
            Self::AllowOriginMissing => write!(f, "no {ORIGIN} header is present"),
            Self::AllowOriginMultiple(value) => {
                write!(f, "{ORIGIN} has several values '{value}', and only one is allowed")
            }
            Self::AllowOriginWildcard => {
                write!(f, "{ORIGIN} is '*', and credentials are 'include'")
            }
            Self::HeaderNotAllowed(name) => {
                write!(f, "header {name} is not allowed by 'Access-Control-Allow-Headers'")
            }
            Self::MethodNotAllowed(method) => {
                write!(f, "method {method} is not allowed by 'Access-Control-Allow-Methods'")
            }
            Self::NotSameOrigin => f.write_str("the mode 'same-origin' allows no other origin"),
            Self::PreflightRedirected(status) => {
                write!(f, "the preflight was redirected: {status}")
            }
            Self::PreflightStatus(status) => write!(f, "it does not have HTTP ok status: {status}"),
            Self::RedirectCredentials => f.write_str("redirected to a URL with credentials"),
            Self::RedirectInvalid(location) => write!(f, "redirected to '{location}'"),
            Self::RedirectNotAllowed => f.write_str("redirected, which the fetch does not follow"),
            Self::RedirectedStream => f.write_str("redirected, and a stream is sent only once"),
            Self::ServiceFailed(error) => write!(f, "connection failed: {error}"),
            Self::TooManyRedirects => f.write_str("redirected too many times"),
            Self::TypeError(message) => write!(f, "TypeError: {message}"),
        }
    }
}
