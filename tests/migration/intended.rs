//! Every way in which this crate differs from tower-http on purpose, under a name.
//!
//! Each entry says what to do with tower-http's answer to arrive at the right one, and nothing more:
//! a difference that no entry accounts for is a bug, and so is an entry that no case meets.

use std::time::Duration;

use http::{
    HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
    header::{
        self, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
        ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
        ACCESS_CONTROL_REQUEST_METHOD,
    },
};

use crate::case::{Age, Answer, Base, CORS, Case, Config, Credentials, Names, Origins};

/// A configuration that tower-http takes and this crate does not build.
pub(crate) struct Refused {
    pub(crate) name: &'static str,
    pub(crate) why: &'static str,
    /// The codes of the problems it is reported as.
    pub(crate) problems: fn(&Config) -> Vec<&'static str>,
}

/// A case that is answered as tower-http answers another one.
pub(crate) struct Reread {
    pub(crate) name: &'static str,
    pub(crate) why: &'static str,
    pub(crate) edit: fn(&mut Case),
}

/// An answer that differs from tower-http's to the reread case.
pub(crate) struct Reanswered {
    pub(crate) name: &'static str,
    pub(crate) why: &'static str,
    pub(crate) edit: fn(&Case, &mut Answer),
}

pub(crate) const REFUSED: [Refused; 7] = [
    Refused {
        name: "any or mirrored origin with credentials",
        why: "every site could read with the user's credentials; `very_permissive()` alone says so in its name",
        problems: |config| {
            let licensed = config.base == Base::VeryPermissive
                && config.origin.is_none()
                && config.credentials.is_none();
            match config.origin() {
                _ if licensed || config.credentials() == Credentials::No => vec![],
                Origins::Any => vec!["any-origin-with-credentials"],
                Origins::Mirror => vec!["mirrored-origin-with-credentials"],
                _ => vec![],
            }
        },
    },
    Refused {
        name: "http origin with credentials",
        why: "whoever is on the network can speak for it; loopback is exempt",
        problems: |config| {
            let with_credentials = config.credentials() != Credentials::No;
            problems(&listed(config), |origin| {
                (with_credentials && origin == INSECURE)
                    .then_some("insecure-origin-with-credentials")
            })
        },
    },
    Refused {
        name: "origin that no browser sends",
        why: "with a path, a default port, upper case or a `*` in it, it would never match; `allow_origins` takes patterns",
        problems: |config| {
            let written = |origin| UNSERIALIZED.iter().find(|(text, _)| *text == origin);
            problems(&listed(config), |origin| written(origin).map(|(_, code)| *code))
        },
    },
    Refused {
        name: "`null` as an origin",
        why: "any site can have it, in a sandboxed frame",
        problems: |config| {
            problems(&listed(config), |origin| (origin == "null").then_some("origin-null"))
        },
    },
    Refused {
        name: "forbidden method",
        why: "no page can send it",
        problems: |config| {
            problems(list(&config.methods()), |name| {
                (name == "TRACE").then_some("forbidden-method")
            })
        },
    },
    Refused {
        name: "header that cannot be meant",
        why: "no page can set it on a request, or read it on a response, or it belongs on the other of the two",
        problems: |config| {
            let mut codes = problems(list(&config.headers()), |name| match name {
                "cookie" | "origin" => Some("forbidden-request-header"),
                "access-control-allow-origin" => Some("response-header-allowed"),
                _ => None,
            });
            codes.extend(problems(list(&config.expose()), |name| match name {
                "set-cookie" => Some("forbidden-response-header"),
                "origin" => Some("request-header-exposed"),
                _ => None,
            }));
            codes
        },
    },
    Refused {
        name: "`*` among names",
        why: "`Any` says it, and knows what credentials make of it",
        problems: |config| {
            let lists = [
                (config.methods(), "wildcard-method"),
                (config.headers(), "wildcard-request-header"),
                (config.expose(), "wildcard-exposed-header"),
            ];
            lists
                .iter()
                .filter(|(names, _)| list(names).contains(&"*"))
                .map(|(_, code)| *code)
                .collect()
        },
    },
];

pub(crate) const REREAD: [Reread; 9] = [
    Reread {
        name: "plain `OPTIONS`",
        why: "without `Origin` and `Access-Control-Request-Method` it is no preflight, and reaches the application",
        edit: |case| {
            if !case.is_preflight() && case.asked.method == Method::OPTIONS {
                case.asked.method = Method::PUT;
            }
        },
    },
    Reread {
        name: "inner service's CORS headers",
        why: "the outermost layer decides: what an upstream or a nested layer allowed is removed",
        edit: |case| case.inner.headers.retain(|(name, _)| !CORS.contains(name)),
    },
    Reread {
        name: "exact origin",
        why: "it is compared, like a list of one, where tower-http sends it to everyone; `AllowOrigin::fixed` does that",
        edit: |case| {
            if let Some(Origins::Exact(origin)) = case.config.origin {
                if origin != "*" {
                    case.config.origin = Some(Origins::List(vec![origin]));
                }
            }
        },
    },
    Reread {
        name: "`Any` beside a credentials predicate",
        why: "with credentials a `*` is a literal name: methods and headers are those that the preflight names",
        edit: |case| {
            let config = &mut case.config;
            if config.credentials() != Credentials::No {
                if config.methods() == Names::Any {
                    config.methods = Some(Names::Mirror);
                }
                if config.headers() == Names::Any {
                    config.headers = Some(Names::Mirror);
                }
            }
        },
    },
    Reread {
        name: "no method listed",
        why: "`GET,HEAD,POST` is sent: without a list a browser takes the method of some preflights for allowed",
        edit: |case| {
            if case.config.methods() == Names::List(Vec::new()) {
                case.config.methods = Some(Names::List(vec!["GET", "HEAD", "POST"]));
            }
        },
    },
    Reread {
        name: "`Any` header is `*,authorization`",
        why: "the standard's `*` leaves `Authorization` out",
        edit: |case| {
            if case.config.headers() == Names::Any {
                case.config.headers = Some(Names::List(vec!["*", "authorization"]));
            }
        },
    },
    Reread {
        name: "mirrored headers are rebuilt",
        why: "all lines count, only names are echoed, and of more than 256 none",
        edit: |case| case.asked.request_headers = names_asked_for(&case.asked.request_headers),
    },
    Reread {
        name: "max-age is rounded up",
        why: "half a second is not `0`, which would switch the browser's cache off",
        edit: |case| {
            if let Some(Age::ByOrigin(age) | Age::Exact(age)) = &mut case.config.max_age {
                *age += Duration::from_nanos(999_999_999);
                *age = Duration::from_secs(age.as_secs());
            }
        },
    },
    Reread {
        name: "`vary` adds",
        why: "what the policy depends on is always named; tower-http's `vary` can take it away",
        edit: |case| {
            let derived = case.config.derived_vary().into_iter();
            let derived = derived
                .filter(|name| case.is_preflight() || *name == header::ORIGIN)
                .collect::<Vec<_>>();
            if let Some(names) = &mut case.config.vary {
                let missing =
                    derived.into_iter().filter(|name| !names.contains(name)).collect::<Vec<_>>();
                names.splice(0..0, missing);
            }
        },
    },
];

pub(crate) const REANSWERED: [Reanswered; 11] = [
    Reanswered {
        name: "null and malformed origins",
        why: "only a serialized origin is ever mirrored or shown to a closure",
        edit: |case, answer| {
            if case.asked.origin.iter().any(is_unserialized) {
                unrecognise_origin(&case.config, answer);
            }
        },
    },
    Reanswered {
        name: "two `Origin` lines",
        why: "the standard has one: neither is allowed, where tower-http reads the first",
        edit: |case, answer| {
            if case.asked.origin.len() > 1 {
                unrecognise_origin(&case.config, answer);
            }
        },
    },
    Reanswered {
        name: "preflight is 204",
        why: "there is no content; `preflight_status(StatusCode::OK)` for a client that needs it",
        edit: |case, answer| {
            if case.is_preflight() {
                answer.status = Some(StatusCode::NO_CONTENT);
            }
        },
    },
    Reanswered {
        name: "denied preflight is 403",
        why: "a stranger is told nothing of the policy",
        edit: |case, answer| {
            if case.is_preflight() && is_denied(answer) {
                answer.status = Some(StatusCode::FORBIDDEN);
                answer.cors.clear();
            }
        },
    },
    Reanswered {
        name: "denied actual request",
        why: "its response has no CORS headers, where tower-http sends credentials and exposed headers",
        edit: |case, answer| {
            if case.is_cors() && !case.is_preflight() && is_denied(answer) {
                answer.cors.clear();
            }
        },
    },
    Reanswered {
        name: "request without `Origin`",
        why: "it has nothing to do with CORS; a policy that answers everyone alike answers it, too",
        edit: |case, answer| {
            if !case.is_cors() && !case.config.is_static() {
                answer.cors.clear();
            }
        },
    },
    Reanswered {
        name: "mirrored method that is none",
        why: "`*`, no token, a forbidden or a doubled one is not echoed: `GET,HEAD,POST` is sent",
        edit: |case, answer| {
            let asked = &case.asked.request_method;
            let unusable = asked.len() > 1
                || asked.iter().any(|method| UNUSABLE_METHODS.contains(&method.as_bytes()));
            let sent = answer.cors.contains_key(ACCESS_CONTROL_ALLOW_METHODS);
            if unusable && sent && case.config.methods() == Names::Mirror {
                answer.cors.insert(
                    ACCESS_CONTROL_ALLOW_METHODS,
                    HeaderValue::from_static("GET,HEAD,POST"),
                );
            }
        },
    },
    Reanswered {
        name: "exposed `Any` beside a credentials predicate",
        why: "with credentials a `*` is a literal name: the names of the response's own headers are sent",
        edit: |case, answer| {
            let exposed = answer.cors.contains_key(ACCESS_CONTROL_EXPOSE_HEADERS);
            if exposed
                && case.config.expose() == Names::Any
                && case.config.credentials() != Credentials::No
            {
                match names_exposed(case, &answer.rest) {
                    None => answer.cors.remove(ACCESS_CONTROL_EXPOSE_HEADERS),
                    Some(names) => answer.cors.insert(ACCESS_CONTROL_EXPOSE_HEADERS, names),
                };
            }
        },
    },
    Reanswered {
        name: "`Vary` of a max-age by origin",
        why: "`MaxAge::dynamic` sees the origin, so a preflight's answer depends on it where nothing else does",
        edit: |case, answer| {
            let dynamic = matches!(case.config.max_age, Some(Age::ByOrigin(_)));
            let named = answer.vary.iter().any(|name| name == "origin");
            if dynamic && !named && case.is_preflight() {
                answer.vary.push("origin".to_owned());
            }
        },
    },
    Reanswered {
        name: "`Vary` of an actual request",
        why: "it depends on `Origin` alone; the preflight's headers are named on preflights",
        edit: |case, answer| {
            if !case.is_preflight() {
                let pinned = case.config.vary.as_deref().unwrap_or_default();
                for name in [ACCESS_CONTROL_REQUEST_METHOD, ACCESS_CONTROL_REQUEST_HEADERS] {
                    if !pinned.contains(&name) {
                        answer.vary.retain(|varied| *varied != name.as_str());
                    }
                }
            }
        },
    },
    Reanswered {
        name: "`Vary` is merged",
        why: "no name is repeated that the inner service named, and its `*` stands alone",
        edit: |case, answer| {
            let inner = if answer.inner_ran { case.inner.vary() } else { Vec::new() };
            let added = answer.vary.split_off(inner.len().min(answer.vary.len()));
            if !inner.contains(&"*".to_owned()) {
                answer.vary.extend(added.into_iter().filter(|name| !inner.contains(name)));
            }
        },
    },
];

/// The one origin in the pools that is neither https, loopback nor an app's.
pub(crate) const INSECURE: &str = "http://intranet.example.com";

/// What no browser sends, though much of it is written into configurations, and what it is called there.
pub(crate) const UNSERIALIZED: [(&str, &str); 7] = [
    ("", "origin-empty"),
    ("HTTPS://app.example.com", "origin-upper-case"),
    ("app.example.com", "origin-missing-scheme"),
    ("https://*.example.com", "origin-wildcard-in-literal"),
    ("https://app.example.com/", "origin-trailing-slash"),
    ("https://app.example.com:443", "origin-default-port"),
    ("https://www.example.com, https://app.example.com", "origin-list"),
];

pub(crate) const UNUSABLE_METHODS: [&[u8]; 5] = [b"", b"*", b"PUT, PATCH", b"TRACE", b"\xff"];

fn is_unserialized(origin: &HeaderValue) -> bool {
    origin == "null"
        || origin.to_str().is_err()
        || UNSERIALIZED.iter().any(|(text, _)| origin == text)
}

/// Any origin is none in particular; to all else, the request's origin is needed.
fn unrecognise_origin(config: &Config, answer: &mut Answer) {
    if config.origin() != Origins::Any {
        answer.cors.remove(ACCESS_CONTROL_ALLOW_ORIGIN);
    }
    if matches!(config.max_age, Some(Age::ByOrigin(_))) {
        answer.cors.remove(ACCESS_CONTROL_MAX_AGE);
    }
}

fn is_denied(answer: &Answer) -> bool {
    answer.status.is_some() && !answer.cors.contains_key(ACCESS_CONTROL_ALLOW_ORIGIN)
}

fn listed(config: &Config) -> Vec<&'static str> {
    match config.origin() {
        Origins::Exact(origin) => vec![origin],
        Origins::List(origins) => origins,
        _ => Vec::new(),
    }
}

fn list(names: &Names) -> &[&'static str] {
    if let Names::List(list) = names { list } else { &[] }
}

fn problems(
    values: &[&'static str],
    problem: impl Fn(&'static str) -> Option<&'static str>,
) -> Vec<&'static str> {
    values.iter().filter_map(|value| problem(value)).collect()
}

/// No more than 256 names are looked at.
fn names_asked_for(lines: &[HeaderValue]) -> Vec<HeaderValue> {
    let names = lines.iter().flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
    let names = names.map(<[u8]>::trim_ascii).filter(|name| !name.is_empty()).collect::<Vec<_>>();
    if names.len() > 256 {
        return Vec::new();
    }
    let names = names.into_iter().filter_map(|name| HeaderName::from_bytes(name).ok());
    let names = names.map(|name| name.to_string()).filter(|name| name != "*").collect::<Vec<_>>();
    let line = HeaderValue::from_str(&names.join(",")).expect("names");
    if names.is_empty() { Vec::new() } else { vec![line] }
}

/// What the standard lets a script read without permission, or never, is not named.
fn names_exposed(case: &Case, response: &HeaderMap) -> Option<HeaderValue> {
    let unnamed = [header::CONTENT_TYPE, header::SET_COOKIE, header::CONNECTION];
    let names = response
        .keys()
        .filter(|name| !unnamed.contains(name))
        .map(HeaderName::as_str)
        .collect::<Vec<_>>();
    let silent = case.asked.method == Method::HEAD || case.inner.status == StatusCode::NOT_MODIFIED;
    (!silent && !names.is_empty()).then(|| names.join(",").parse().expect("names"))
}
