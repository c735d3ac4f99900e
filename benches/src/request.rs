use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, header};

use crate::policy::{HEADERS, Policy, Who, header_names};

/// What a request asks.
#[derive(Clone, Copy, Debug)]
pub enum Asks {
    /// An actual request.
    Actual(Who),
    /// A request without `Origin`.
    NotCors,
    /// A preflight.
    Preflight(Who, Requested),
}

/// What a preflight asks for.
#[derive(Clone, Copy, Debug)]
pub enum Requested {
    /// A `PUT` without headers.
    Put,
    /// A `PUT` with the three headers that are allowed.
    PutWith3,
    /// A `PUT` with a hundred headers.
    PutWith100,
    /// A `PUT` with a header that is not allowed among others.
    PutWithAnother,
    /// A `PUT` with the name of a header, over and over, for so many bytes.
    PutWithHuge(usize),
    /// A method that is not allowed.
    Patch,
    /// A method of so many bytes.
    Huge(usize),
}

impl Asks {
    /// The request with the number `nth`.
    #[must_use]
    pub fn request(self, policy: Policy, nth: usize) -> Request<()> {
        match self {
            Self::NotCors => request(&Method::GET, &[]),
            Self::Actual(who) => {
                request(&Method::GET, &[(header::ORIGIN, policy.origin(who, nth))])
            }
            Self::Preflight(who, requested) => {
                let mut asked = vec![
                    (header::ORIGIN, policy.origin(who, nth)),
                    (header::ACCESS_CONTROL_REQUEST_METHOD, requested.method()),
                ];
                let names = requested.names();
                if !names.is_empty() {
                    asked.push((header::ACCESS_CONTROL_REQUEST_HEADERS, names));
                }
                request(&Method::OPTIONS, &asked)
            }
        }
    }
}

impl Requested {
    fn method(self) -> String {
        match self {
            Self::Patch => "PATCH".to_owned(),
            Self::Huge(len) => "A".repeat(len),
            _ => "PUT".to_owned(),
        }
    }

    fn names(self) -> String {
        match self {
            Self::Put => String::new(),
            Self::PutWith100 => header_names(HEADERS).join(","),
            Self::PutWithAnother => "authorization,x-another".to_owned(),
            Self::PutWithHuge(len) => "a,".repeat(len / 2),
            Self::PutWith3 | Self::Patch | Self::Huge(_) => {
                "authorization,content-type,x-request-id".to_owned()
            }
        }
    }
}

/// A request as hyper parses it: its header values are slices of one buffer, which is its own.
fn request(method: &Method, asked: &[(HeaderName, String)]) -> Request<()> {
    let browser = [
        (header::HOST, "api.example.com"),
        (
            header::USER_AGENT,
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36",
        ),
        (header::ACCEPT, "*/*"),
        (header::ACCEPT_LANGUAGE, "en-GB,en;q=0.9"),
        (header::ACCEPT_ENCODING, "gzip, deflate, br, zstd"),
        (header::REFERER, "https://app.example.com/"),
        (HeaderName::from_static("sec-fetch-dest"), "empty"),
        (HeaderName::from_static("sec-fetch-mode"), "cors"),
        (HeaderName::from_static("sec-fetch-site"), "same-site"),
        (header::CONNECTION, "keep-alive"),
    ];
    let asked = asked.iter().map(|(name, value)| (name, value.as_str()));
    let lines = browser.iter().map(|(name, value)| (name, *value)).chain(asked);
    let buffer = Bytes::from(lines.clone().map(|(_, value)| value).collect::<String>());
    let mut request = Request::new(());
    *request.method_mut() = method.clone();
    let mut start = 0;
    for (name, value) in lines {
        let shared = buffer.slice(start..start + value.len());
        let value = HeaderValue::from_maybe_shared(shared).expect("the value is visible ASCII");
        start += value.len();
        request.headers_mut().append(name.clone(), value);
    }
    request
}
