//! Raw requests of every kind.

use proptest::{
    collection::vec,
    prelude::*,
    sample::{select, subsequence},
    strategy::Union,
};

use crate::{
    origins::{PAGES, Page},
    raw::{Inner, Origin, Raw},
};

const METHODS: [&str; 10] =
    ["OPTIONS", "OPTIONS", "OPTIONS", "GET", "HEAD", "POST", "PUT", "QUERY", "TRACE", "options"];

/// Those that can be allowed come first.
const ASKED_METHODS: [&[u8]; 16] = [
    b"PUT", b"DELETE", b"GET", b"PATCH", b"patch", b"QUERY", b"*", b"", b"PUT,GET", b"P UT",
    b"TRACE", b"connect", b"tRaCk", b"PUT\xff", b"\x80", b" ",
];
pub(crate) const USABLE_METHODS: &[&[u8]] = ASKED_METHODS.split_at(6).0;

const ASKED_HEADERS: [&[u8]; 13] = [
    b"authorization",
    b"content-type,x-a",
    b"X-A,X-B",
    b"x-a, ,x-b\t",
    b"x-a,x-a",
    b"",
    b",",
    b"*",
    b"x-a,*",
    b"x b",
    b"x-\xff",
    b"access-control-allow-origin,cookie",
    b"x-secret",
];

const OTHERS: [(&str, &str); 8] = [
    ("authorization", "Bearer token"),
    ("cookie", "sid=1"),
    ("host", "api.example.org"),
    ("sec-fetch-site", "cross-site"),
    ("sec-fetch-site", "same-origin"),
    ("sec-fetch-site", "\u{e9}"),
    ("access-control-request-private-network", "true"),
    ("x-forwarded-host", "app.example.com"),
];

const STATUSES: [u16; 9] = [200, 204, 301, 304, 401, 403, 404, 500, 503];

/// Whatever it says of CORS has a mark, by which it is known again.
pub(crate) const MARK: &str = "inner";

const INNER_LINES: [(&str, &str); 14] = [
    ("access-control-allow-credentials", "inner"),
    ("access-control-allow-headers", "x-inner"),
    ("access-control-allow-methods", "INNER,inner"),
    ("access-control-allow-origin", "https://inner.example"),
    ("access-control-allow-origin", "https://inner.example.com"),
    ("access-control-expose-headers", "inner-count"),
    ("access-control-max-age", "inner"),
    ("cache-control", "public"),
    ("set-cookie", "sid=1"),
    ("vary", "*"),
    ("vary", "Accept-Encoding,Origin"),
    ("vary", "accept-language"),
    ("vary", "accept , cookie"),
    ("x-count", "3"),
];

pub(crate) fn raws() -> impl Strategy<Value = Raw> {
    let asked_methods = few(select(&ASKED_METHODS[..]));
    let others = subsequence(&OTHERS[..], 0..4);
    let inner = (select(&STATUSES[..]), subsequence(&INNER_LINES[..], 0..6));
    let inner = inner.prop_map(|(status, lines)| Inner { status, lines });
    let request = (select(&METHODS[..]), few(origins()), asked_methods, asked_headers());
    (request, others, inner).prop_map(|(request, others, inner)| {
        let (method, origins, asked_methods, asked_headers) = request;
        Raw { method, uri: "/orders?page=2", origins, asked_methods, asked_headers, others, inner }
    })
}

/// Mostly one.
fn few<T: std::fmt::Debug + 'static>(
    line: impl Strategy<Value = T> + Clone + 'static,
) -> impl Strategy<Value = Vec<T>> {
    prop_oneof![1 => vec(line.clone(), 0), 6 => vec(line.clone(), 1), 1 => vec(line, 2)]
}

fn asked_headers() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let short = vec(select(&ASKED_HEADERS[..]).prop_map(<[u8]>::to_vec), 0..4);
    let too_many = || (0..300).map(|n| format!("x-{n}")).collect::<Vec<_>>().join(",").into_bytes();
    let too_long = || vec![b'x'; 9_000];
    prop_oneof![
        20 => short,
        1 => (0..1).prop_map(move |_| vec![b"x-a".to_vec(), too_many()]),
        1 => (0..1).prop_map(move |_| vec![too_long(), b"x-a".to_vec()]),
    ]
}

fn origins() -> impl Strategy<Value = Origin> + Clone {
    let serialized = |page: Page| Origin { line: page.origin().into_bytes(), page: Some(page) };
    let page = || select(&PAGES[..]);
    let malformed = vec(Union::new([b' '..=b'~', 0x80..=0xff]), 0..40);
    let malformed = malformed.prop_filter("no origin", |line| !line.contains(&b':'));
    prop_oneof![
        8 => page().prop_map(serialized),
        3 => (page(), select(&CORRUPTIONS[..])).prop_map(|(page, corrupt)| malformed_as(corrupt(page))),
        1 => malformed.prop_map(malformed_as),
    ]
}

fn malformed_as(line: Vec<u8>) -> Origin {
    Origin { line, page: None }
}

/// Each makes an origin into what no browser sends.
const CORRUPTIONS: [fn(Page) -> Vec<u8>; 12] = [
    |page| page.origin().to_uppercase().into_bytes(),
    |page| (page.origin() + "/").into_bytes(),
    |page| (page.origin() + ".evil.example:0").into_bytes(),
    |page| (page.origin() + ":99999").into_bytes(),
    |page| (page.origin() + ",https://evil.example").into_bytes(),
    |page| (page.origin() + " https://evil.example").into_bytes(),
    |page| [page.origin().as_bytes(), b"\xe9"].concat(),
    |page| format!("{0},{0}", page.origin()).into_bytes(),
    |page| page.origin().replace("://", "://user@").replace("null", "Null").into_bytes(),
    |page| page.origin().replace("://", ":/").replace("null", "").into_bytes(),
    |page| page.origin().replace("://", "://*.").replace("null", "*").into_bytes(),
    |page| {
        let labels = "a.".repeat(200);
        page.origin().replace("://", &format!("://{labels}")).replace("null", &labels).into_bytes()
    },
];
