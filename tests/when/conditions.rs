//! When a condition is asked, and what it is shown.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex},
};

use http::{Request, header};
use tower_cors::CorsLayer;

use crate::harness::{APP, Beta, STRANGER, explain, get, preflight, serve};

#[derive(Clone, Default)]
struct Asked(Arc<Mutex<Vec<&'static str>>>);

impl Asked {
    fn take(&self) -> Vec<&'static str> {
        std::mem::take(&mut *self.0.lock().expect("no condition panics"))
    }

    /// A branch for one path, whose condition writes down that it is asked.
    fn branch(&self, layer: CorsLayer, path: &'static str) -> CorsLayer {
        let asked = self.clone();
        let condition = move |target: &tower_cors::Target<'_>| {
            asked.0.lock().expect("no condition panics").push(path);
            target.uri().path() == path
        };
        layer.when(condition, CorsLayer::new().allow_origins([APP]))
    }
}

fn layer(asked: &Asked) -> CorsLayer {
    let layer =
        ["/a", "/b", "/c"].iter().fold(CorsLayer::new(), |layer, path| asked.branch(layer, path));
    layer.build().expect("it has no problem")
}

fn requests(path: &str) -> Vec<Request<()>> {
    let requests = [
        Request::get(path),
        Request::post(path),
        get(path, APP),
        get(path, STRANGER),
        get(path, "null"),
        get(path, APP).header(header::ORIGIN, APP),
        Request::options(path),
        preflight(path, APP, "GET"),
        preflight(path, STRANGER, "PUT"),
    ];
    requests.into_iter().map(|request| request.body(()).expect("the request is valid")).collect()
}

#[test]
fn conditions_are_asked_once_for_each_request_in_order_until_one_is_met() {
    let asked = Asked::default();
    let layer = layer(&asked);
    assert_eq!(asked.take(), [""; 0], "by build");
    let rows: [(&str, &[&str]); 4] = [
        ("/a", &["/a"]),
        ("/b", &["/a", "/b"]),
        ("/c", &["/a", "/b", "/c"]),
        ("/d", &["/a", "/b", "/c"]),
    ];
    for (path, expected) in rows {
        for request in requests(path) {
            serve(&layer, request.clone());
            assert_eq!(asked.take(), expected, "serving {request:?}");
            explain(&layer, request.clone());
            assert_eq!(asked.take(), expected, "explaining {request:?}");
        }
    }
}

#[test]
fn a_condition_sees_the_uri_and_the_extensions_as_they_come() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sees = Arc::clone(&seen);
    let condition = move |target: &tower_cors::Target<'_>| {
        let is_beta = target.extensions().get::<Beta>().is_some();
        sees.lock().unwrap().push((target.uri().to_string(), is_beta));
        false
    };
    let layer = CorsLayer::new().allow_origins([APP]).when(condition, CorsLayer::new());
    for (uri, is_beta) in [("/a%2Fb//c?d=e&f", false), ("http://user@host:81/a", true)] {
        let mut request = get(uri, APP).body(()).unwrap();
        if is_beta {
            request.extensions_mut().insert(Beta);
        }
        serve(&layer, request);
        assert_eq!(seen.lock().unwrap().pop(), Some((uri.to_owned(), is_beta)));
    }
}

/// Like any other code of the user's.
#[test]
fn the_panic_of_a_condition_passes_through_and_harms_no_other_request() {
    let condition = |target: &tower_cors::Target<'_>| {
        assert_ne!(target.uri().path(), "/panic", "the condition's own text");
        false
    };
    let layer =
        CorsLayer::new().allow_origins([APP]).when(condition, CorsLayer::new()).build().unwrap();
    for request in requests("/panic") {
        let served = catch_unwind(AssertUnwindSafe(|| serve(&layer, request.clone())));
        let text = *served.unwrap_err().downcast::<String>().unwrap();
        assert!(text.contains("the condition's own text"), "{text}");
        let explained = catch_unwind(AssertUnwindSafe(|| explain(&layer, request)));
        assert!(explained.is_err());
    }
    let answer = serve(&layer, get("/", APP).body(()).unwrap());
    assert_eq!(
        answer,
        [
            "200",
            "access-control-allow-origin: https://app.example.com",
            "inner: GET /",
            "vary: origin"
        ]
    );
}
