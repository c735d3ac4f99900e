//! `Access-Control-Max-Age`: whole seconds, rounded up, on allowed preflights only.

use std::time::Duration;

use tower_cors::{AllowOrigin, Any, CorsLayer, Denial, MaxAge};

use crate::harness::{
    ACAO, ACMA, ALLOW_APP, APP, EVIL, Row, SAFELISTED, VARY, actual, answers, check, plain,
    preflight, runs,
};

const DURATIONS: [(Duration, &str); 10] = [
    (Duration::ZERO, "0"),
    (Duration::from_nanos(1), "1"),
    (Duration::from_millis(500), "1"),
    (Duration::from_secs(1), "1"),
    (Duration::new(1, 1), "2"),
    (Duration::from_millis(1_999), "2"),
    (Duration::from_secs(600), "600"),
    (Duration::from_secs(7_200), "7200"),
    (Duration::from_secs(315_360_000), "315360000"),
    (Duration::MAX, "18446744073709551615"),
];

fn listed() -> CorsLayer {
    CorsLayer::new().allow_origins([APP])
}

fn by_origin() -> MaxAge {
    MaxAge::dynamic(|origin, parts| match origin == APP && parts.method == "OPTIONS" {
        true => Duration::from_millis(1_500),
        false => Duration::from_secs(7),
    })
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = vec![];
    for (age, sent) in DURATIONS {
        let lines = [ALLOW_APP, SAFELISTED, (ACMA, sent), VARY];
        for (how, max_age) in
            [("exact", MaxAge::exact(age)), ("dynamic", MaxAge::dynamic(move |_, _| age))]
        {
            let name = format!("max age {how} {age:?}");
            let config = listed().max_age(max_age);
            rows.push(
                Row::new(name, config, preflight(APP, "GET"), answers(204, &lines))
                    .covers(&["S14", "D13"]),
            );
        }
    }
    let any = || CorsLayer::new().allow_origin(Any).max_age(by_origin());
    let mirror = CorsLayer::new().allow_origin(AllowOrigin::mirror_request()).max_age(by_origin());
    let star = (ACAO, "*");
    rows.extend([
        Row::new(
            "max age unset",
            listed(),
            preflight(APP, "GET"),
            answers(204, &[ALLOW_APP, SAFELISTED, VARY]),
        ),
        Row::new(
            "max age on an actual response",
            listed().max_age(Duration::from_secs(5)),
            actual(APP),
            runs(&[ALLOW_APP, VARY]),
        ),
        Row::new(
            "max age for a stranger",
            listed().max_age(Duration::from_secs(5)),
            preflight(EVIL, "GET"),
            answers(403, &[VARY]).denied(Denial::OriginNotAllowed),
        ),
        Row::new(
            "max age with a method not allowed",
            listed().max_age(Duration::from_secs(5)),
            preflight(APP, "PUT"),
            answers(204, &[ALLOW_APP, SAFELISTED, (ACMA, "5"), VARY])
                .denied(Denial::MethodNotAllowed),
        ),
        Row::new(
            "dynamic max age, mirror",
            mirror,
            preflight(EVIL, "GET"),
            answers(204, &[(ACAO, EVIL), SAFELISTED, (ACMA, "7"), VARY]),
        ),
        Row::new(
            "dynamic max age, stranger",
            listed().max_age(by_origin()),
            preflight(EVIL, "GET"),
            answers(403, &[VARY]).denied(Denial::OriginNotAllowed),
        ),
        Row::new(
            "dynamic max age, actual",
            listed().max_age(by_origin()),
            actual(APP),
            runs(&[ALLOW_APP, VARY]),
        ),
        // Only the answer to a preflight depends on the origin then.
        Row::new(
            "dynamic max age, any: one origin",
            any(),
            preflight(APP, "GET"),
            answers(204, &[star, SAFELISTED, (ACMA, "2"), VARY]),
        )
        .covers(&["S16", "D19"]),
        Row::new(
            "dynamic max age, any: another",
            any(),
            preflight(EVIL, "GET"),
            answers(204, &[star, SAFELISTED, (ACMA, "7"), VARY]),
        )
        .covers(&["S16", "D19"]),
        Row::new(
            "dynamic max age, any: null is not shown",
            any(),
            preflight("null", "GET"),
            answers(204, &[star, SAFELISTED, VARY]),
        ),
        Row::new(
            "dynamic max age, any: garbage is not shown",
            any(),
            preflight("garbage", "GET"),
            answers(204, &[star, SAFELISTED, VARY]),
        ),
        Row::new(
            "dynamic max age, any: two lines are not shown",
            any(),
            preflight(APP, "GET").header("origin", APP),
            answers(204, &[star, SAFELISTED, VARY]),
        ),
        Row::new("dynamic max age, any: actual", any(), actual(APP), runs(&[star])),
        Row::new("dynamic max age, any: not CORS", any(), plain("GET"), runs(&[star])),
        Row::new(
            "dynamic max age, null allowed: null is not shown",
            CorsLayer::new().dangerously_allow_origins(["null"]).max_age(by_origin()),
            preflight("null", "GET"),
            answers(204, &[(ACAO, "null"), SAFELISTED, VARY]),
        ),
    ]);
    rows
}

#[test]
fn max_age() {
    check(&rows());
}
