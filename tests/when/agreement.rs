//! The branch depends on the target alone: whatever else a request says, and whether it is a
//! preflight or the request that it announces, it gets the same policy. The service, `explain` and
//! a naive twin agree on which.

use http::{HeaderName, HeaderValue, Method, Request, header};
use proptest::{collection::vec, prelude::*, sample::select};
use tower_cors::{CorsLayer, Enforce};

use crate::harness::{APP, Beta, PARTNER, STRANGER, api, explain, get, preflight, serve};

/// All that a condition can see.
#[derive(Clone, Debug)]
struct Aim {
    path: String,
    address: Address,
    is_beta: bool,
}

/// How a request names its host.
#[derive(Clone, Copy, Debug)]
enum Address {
    Authority(&'static str),
    Both(&'static str, &'static str),
    Host(&'static str),
    HostTwice(&'static str),
    None,
}

/// All else.
#[derive(Clone, Debug)]
struct Rest {
    method: Method,
    headers: Vec<(HeaderName, HeaderValue)>,
}

fn aims() -> impl Strategy<Value = Aim> {
    let part = select(vec!["/", "/api", "/apis", "/%61pi", "/API", "//api", "/x", "?/api"]);
    let host = || select(vec!["a.example", "b.example", "A.example", "a.example.", "[::1]"]);
    let address = prop_oneof![
        host().prop_map(Address::Authority),
        (host(), host()).prop_map(|(target, host)| Address::Both(target, host)),
        host().prop_map(Address::Host),
        host().prop_map(Address::HostTwice),
        Just(Address::None),
    ];
    (vec(part, 1..4), address, any::<bool>()).prop_map(|(parts, address, is_beta)| Aim {
        path: format!("/{}", parts.concat()).replacen("//", "/", 1),
        address,
        is_beta,
    })
}

fn rests() -> impl Strategy<Value = Rest> {
    const METHODS: [&str; 9] =
        ["DELETE", "GET", "HEAD", "OPTIONS", "OPTIONS", "POST", "PUT", "QUERY", "get"];
    let method = select(&METHODS[..]).prop_map(|method| method.parse().expect("a token"));
    let lines = [
        ("origin", APP),
        ("origin", STRANGER),
        ("origin", "http://a.example"),
        ("origin", "null"),
        ("origin", "junk"),
        ("access-control-request-method", "GET"),
        ("access-control-request-method", "PUT"),
        ("access-control-request-headers", "authorization,x-a"),
        ("sec-fetch-site", "same-origin"),
        ("sec-fetch-site", "cross-site"),
        ("x-forwarded-host", "a.example"),
        ("cookie", "host=a.example"),
    ];
    let line = select(lines.to_vec())
        .prop_map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
    (method, vec(line, 0..6)).prop_map(|(method, headers)| Rest { method, headers })
}

impl Aim {
    fn request(&self, rest: &Rest) -> Request<()> {
        let mut request = Request::builder().method(rest.method.clone());
        request = match self.address {
            Address::Authority(host) | Address::Both(host, _) => {
                request.uri(format!("http://{host}{}", self.path))
            }
            Address::Host(_) | Address::HostTwice(_) | Address::None => request.uri(&self.path),
        };
        let hosts: &[&str] = match &self.address {
            Address::Both(_, host) | Address::Host(host) => &[host],
            Address::HostTwice(host) => &[host, host],
            Address::Authority(_) | Address::None => &[],
        };
        request = hosts.iter().fold(request, |request, host| request.header(header::HOST, *host));
        for (name, value) in &rest.headers {
            request = request.header(name, value);
        }
        if self.is_beta {
            request = request.extension(Beta);
        }
        request.body(()).expect("the parts are valid")
    }

    /// The branch of [`layer`], found without it.
    fn branch(&self) -> Option<usize> {
        let path = self.path.split('?').next().unwrap_or_default();
        let host = match self.address {
            Address::Authority(host) | Address::Host(host) => Some(host),
            Address::Both(target, host) if target.to_lowercase() == host.to_lowercase() => {
                Some(host)
            }
            Address::Both(..) | Address::HostTwice(_) | Address::None => None,
        };
        if path == "/api" || path.starts_with("/api/") {
            Some(0)
        } else if host == Some("a.example") {
            Some(1)
        } else {
            self.is_beta.then_some(2)
        }
    }
}

/// A policy that names itself on each answer.
fn named(name: &'static str) -> CorsLayer {
    let vary = [HeaderName::from_static(name)];
    CorsLayer::new().allow_origins([APP]).vary(vary)
}

const NAMES: [&str; 4] = ["branch-0", "branch-1", "branch-2", "otherwise"];

fn layer() -> CorsLayer {
    let is_api = |path: &str| path == "/api" || path.starts_with("/api/");
    named("otherwise")
        .when(move |target| is_api(target.uri().path()), named("branch-0"))
        .when(
            |target| target.host() == Some("a.example"),
            named("branch-1").enforce_origins(Enforce::ListedOnly),
        )
        .when(|target| target.extensions().get::<Beta>().is_some(), named("branch-2"))
        .build()
        .expect("it has no problem")
}

/// The branch whose name the service put on its answer.
fn served(layer: &CorsLayer, request: Request<()>) -> Option<usize> {
    let answer = serve(layer, request);
    let vary = answer.iter().find_map(|line| line.strip_prefix("vary: ")).expect("a name");
    let names = vary.split(", ");
    let found: Vec<_> =
        names.filter_map(|name| NAMES.iter().position(|known| *known == name)).collect();
    let [branch] = found[..] else { panic!("{answer:?} has one name") };
    (branch < 3).then_some(branch)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn one_target_has_one_branch(aim in aims(), rests in vec(rests(), 2..5)) {
        let layer = layer();
        for rest in rests {
            let request = aim.request(&rest);
            prop_assert_eq!(served(&layer, request.clone()), aim.branch(), "{:?}", request);
            prop_assert_eq!(explain(&layer, request).branch(), aim.branch());
        }
    }

    /// What is said is what is done.
    #[test]
    fn explain_says_what_the_service_does(aim in aims(), rest in rests()) {
        let layer = layer();
        let request = aim.request(&rest);
        let denial = explain(&layer, request.clone()).denial();
        let said = denial.map(|denial| format!("({})", denial.code()));
        let answer = serve(&layer, request);
        prop_assert_eq!(answer.last().filter(|line| line.starts_with('(')), said.as_ref());
    }
}

/// For each method: what the preflight says of origin and credentials, the request's answer says.
#[test]
fn a_preflight_and_what_it_announces_get_one_policy() {
    let layer = api();
    for uri in ["/public/a", "/partners/a", "/", "http://admin.example.com/"] {
        for method in ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY"] {
            for origin in [APP, PARTNER, STRANGER, "null"] {
                let pair = [preflight(uri, origin, method), get(uri, origin).method(method)];
                let [asked, done] = pair.map(|request| {
                    let request = request.body(()).unwrap();
                    (explain(&layer, request.clone()).branch(), allowed(&layer, request))
                });
                assert_eq!(asked, done, "{method} {uri} from {origin}");
            }
        }
    }
}

/// What an answer says of origin and credentials.
fn allowed(layer: &CorsLayer, request: Request<()>) -> Vec<String> {
    const LINES: [&str; 2] = ["access-control-allow-credentials:", "access-control-allow-origin:"];
    let is_told = |line: &String| LINES.iter().any(|name| line.starts_with(name));
    serve(layer, request).into_iter().filter(is_told).collect()
}
