//! What a change is told to be.

use std::future::ready;

use http::HeaderValue;
use tower_cors::{AllowCredentials, AllowOrigin, Any, CorsLayer, PolicyChange};

use crate::{APP, OTHER, listed, reloadable};

struct Row {
    name: &'static str,
    old: CorsLayer,
    new: CorsLayer,
    opened: &'static [&'static str],
    closed: &'static [&'static str],
    newly: [bool; 2],
    text: &'static str,
}

const NONE: [bool; 2] = [false; 2];
const NOTHING: &str = "no origin opened or closed";

fn new() -> CorsLayer {
    CorsLayer::new()
}

fn fixed(origin: &'static str) -> CorsLayer {
    new().allow_origin(AllowOrigin::fixed(HeaderValue::from_static(origin)))
}

fn asked() -> AllowCredentials {
    AllowCredentials::predicate(|_, _| true)
}

fn rows() -> Vec<Row> {
    vec![
        Row {
            name: "the same, in another order and twice",
            old: listed([APP, OTHER]),
            new: listed([OTHER, APP, OTHER]),
            opened: &[],
            closed: &[],
            newly: NONE,
            text: NOTHING,
        },
        Row {
            name: "null, and one more",
            old: CorsLayer::new().dangerously_allow_origins(["null"]),
            new: listed([APP]).dangerously_allow_origins(["null"]),
            opened: &[APP],
            closed: &[],
            newly: NONE,
            text: "opened https://app.example.com",
        },
        Row {
            name: "one more, twice",
            old: listed([APP]),
            new: listed([APP, OTHER, OTHER]),
            opened: &[OTHER],
            closed: &[],
            newly: NONE,
            text: "opened https://other.example",
        },
        Row {
            name: "one for another",
            old: listed([APP]),
            new: listed([OTHER]),
            opened: &[OTHER],
            closed: &[APP],
            newly: NONE,
            text: "opened https://other.example; closed https://app.example.com",
        },
        Row {
            name: "a wildcard over what was listed",
            old: listed([APP]),
            new: listed(["https://*.example.com"]),
            opened: &["https://*.example.com"],
            closed: &[],
            newly: NONE,
            text: "opened https://*.example.com",
        },
        Row {
            name: "less than a wildcard",
            old: listed(["https://*.example.com"]),
            new: listed([APP, "https://*.eu.example.com"]),
            opened: &[],
            closed: &["https://*.example.com"],
            newly: NONE,
            text: "closed https://*.example.com",
        },
        Row {
            name: "any port of a host",
            old: listed(["http://localhost:3000"]),
            new: listed(["http://localhost:*"]),
            opened: &["http://localhost:*"],
            closed: &[],
            newly: NONE,
            text: "opened http://localhost:*",
        },
        Row {
            name: "any origin for a list",
            old: listed([APP]),
            new: new().allow_origin(Any),
            opened: &["*"],
            closed: &[],
            newly: [true, false],
            text: "opened *; newly allows any origin",
        },
        Row {
            name: "a list for any origin",
            old: new().allow_origin(Any),
            new: listed([APP]),
            opened: &[],
            closed: &["*"],
            newly: NONE,
            text: "closed *",
        },
        Row {
            name: "mirrored for any",
            old: new().allow_origin(Any),
            new: new().allow_origin(AllowOrigin::mirror_request()),
            opened: &[],
            closed: &[],
            newly: NONE,
            text: NOTHING,
        },
        Row {
            name: "every origin with credentials for a list",
            old: listed([APP]),
            new: CorsLayer::very_permissive(),
            opened: &["*"],
            closed: &[],
            newly: [true, true],
            text: "opened *; newly allows any origin; newly allows credentials",
        },
        Row {
            name: "credentials",
            old: listed([APP]),
            new: listed([APP]).allow_credentials(true),
            opened: &[],
            closed: &[],
            newly: [false, true],
            text: "newly allows credentials",
        },
        Row {
            name: "credentials for some",
            old: listed([APP]),
            new: listed([APP]).allow_credentials(asked()),
            opened: &[],
            closed: &[],
            newly: [false, true],
            text: "newly allows credentials",
        },
        Row {
            name: "credentials for all who were asked",
            old: listed([APP]).allow_credentials(asked()),
            new: listed([APP]).allow_credentials(true),
            opened: &[],
            closed: &[],
            newly: [false, true],
            text: "newly allows credentials",
        },
        Row {
            name: "no credentials any more",
            old: listed([APP]).allow_credentials(true),
            new: listed([APP]).allow_credentials(asked()),
            opened: &[],
            closed: &[],
            newly: NONE,
            text: NOTHING,
        },
        Row {
            name: "fixed for listed",
            old: listed([APP]),
            new: fixed(APP),
            opened: &[],
            closed: &[],
            newly: NONE,
            text: NOTHING,
        },
        Row {
            name: "fixed for another",
            old: fixed(APP),
            new: fixed(OTHER),
            opened: &[OTHER],
            closed: &[APP],
            newly: NONE,
            text: "opened https://other.example; closed https://app.example.com",
        },
        Row {
            name: "dangerous ones",
            old: listed([APP]),
            new: listed([APP]).dangerously_allow_origins(["null", "http://intranet.example"]),
            opened: &["null", "http://intranet.example"],
            closed: &[],
            newly: NONE,
            text: "opened null, http://intranet.example",
        },
        Row {
            name: "null, which a mirror leaves out",
            old: new().allow_origin(AllowOrigin::mirror_request()),
            new: listed([APP]).dangerously_allow_origins(["null"]),
            opened: &["null"],
            closed: &["*"],
            newly: NONE,
            text: "opened null; closed *",
        },
        Row {
            name: "what predicates allow",
            old: new().allow_origin(AllowOrigin::predicate(|_, _| true)),
            new: new().allow_origin(AllowOrigin::async_predicate(|_, _| ready(true))),
            opened: &[],
            closed: &[],
            newly: NONE,
            text: NOTHING,
        },
    ]
}

#[test]
fn each_change_is_told() {
    for row in rows() {
        let (_, handle) = reloadable(row.old);
        let change = handle.reload(row.new).unwrap_or_else(|error| panic!("{}: {error}", row.name));
        assert_eq!(change.opened().collect::<Vec<_>>(), row.opened, "{}", row.name);
        assert_eq!(change.closed().collect::<Vec<_>>(), row.closed, "{}", row.name);
        let newly = [change.newly_allows_any_origin(), change.newly_allows_credentials()];
        assert_eq!(newly, row.newly, "{}", row.name);
        assert_eq!(change.to_string(), row.text, "{}", row.name);
    }
}

#[test]
fn changes_follow_one_another() {
    let (_, handle) = reloadable(listed([APP]));
    let reload = |origin| -> PolicyChange { handle.reload(listed([origin])).unwrap() };
    let changes = [reload(OTHER), reload(OTHER), reload(APP)];
    assert_eq!(changes[0].closed().collect::<Vec<_>>(), [APP]);
    assert_eq!(changes[1].opened().len() + changes[1].closed().len(), 0);
    assert_eq!(changes[2].opened().collect::<Vec<_>>(), [APP]);
}

#[test]
fn a_long_change_is_told_by_its_first_origins() {
    let origins = |range: std::ops::Range<u32>| -> Vec<String> {
        range.map(|nth| format!("https://{nth}.example.com")).collect()
    };
    let (_, handle) = reloadable(CorsLayer::new().allow_origins(origins(0..8)));
    let change = handle.reload(CorsLayer::new().allow_origins(origins(8..100_008))).unwrap();
    assert_eq!((change.opened().len(), change.closed().len()), (100_000, 8));
    assert_eq!(
        change.to_string(),
        "opened https://8.example.com, https://9.example.com, https://10.example.com, \
         https://11.example.com, https://12.example.com, https://13.example.com, \
         https://14.example.com, https://15.example.com and 99992 more; \
         closed https://0.example.com, https://1.example.com, https://2.example.com, \
         https://3.example.com, https://4.example.com, https://5.example.com, \
         https://6.example.com, https://7.example.com",
    );
}
