//! What is said about a refusal: true, short, and fit for a log.

use http::{HeaderValue, Request};
use tower_cors::{CorsLayer, Denial, Explanation, OriginPattern, Outcome};

use crate::{
    served::{actual, one, preflight, values},
    table::{headers, methods, origins},
    victims::{APP, Trust, asked, victims},
};

/// Longer than all that is shown of a request, each byte escaped, and what is said about it.
const LONGEST: usize = 4_000;

fn explain(cors: &CorsLayer, request: Request<()>) -> Explanation {
    let (parts, ()) = request.into_parts();
    cors.explain(&parts).expect("the policy is valid")
}

fn assert_fit_for_a_log(who: &str, explanation: &Explanation) {
    let text = explanation.to_string();
    assert!(text.len() < LONGEST, "{who}: {} bytes", text.len());
    assert!(text.lines().count() <= 5, "{who}: {text}");
    let is_plain = |c: char| matches!(c, ' '..='~' | '\n' | '…');
    assert!(text.chars().all(is_plain), "{who}: {text:?}");
}

/// A call that would allow what a row stands for is advised only for a serialized origin, and then
/// names a pattern that is the origin.
fn assert_wise(who: &str, explanation: &Explanation, origin: &[HeaderValue]) {
    let Some(missing) = explanation.missing() else { return };
    assert_eq!(missing.setting(), "allow_origins", "{who}");
    let [.., added] = missing.values() else { panic!("{who}: nothing to add") };
    assert!(added.parse::<OriginPattern>().is_ok(), "{who}: {added:?}");
    assert_eq!(added.as_bytes(), origin[0].as_bytes(), "{who}");
}

#[test]
fn refused_origins() {
    let victims = victims();
    for row in origins() {
        let Some(origin) = values(&row.lines()) else { continue };
        for victim in &victims {
            let is_listed = matches!(victim.trust, Trust::Listed { .. } | Trust::Fixed);
            let who = format!("{} at {}", row.name, victim.name);
            for request in [actual(&origin), preflight(&origin, &one("PUT"), &[])] {
                let explanation = explain(&victim.layer, request);
                assert_fit_for_a_log(&who, &explanation);
                assert_wise(&who, &explanation, &origin);
                if is_listed {
                    assert_eq!(explanation.outcome(), Outcome::Denied, "{who}");
                    let denial = explanation.denial().as_ref().map(Denial::code);
                    assert_eq!(denial, Some(row.kind), "{who}");
                }
            }
        }
    }
}

#[test]
fn look_alikes_are_never_advised() {
    let victims = victims();
    let mut seen = 0;
    for row in origins().iter().filter(|row| row.fools.contains(&"by-eye")) {
        let victim = victims.iter().find(|victim| victim.name == row.victim);
        let cors = &victim.expect("it is known").layer;
        let origin = values(&row.lines()).expect("it can be sent");
        assert_eq!(explain(cors, actual(&origin)).missing(), None, "{}", row.name);
        seen += 1;
    }
    assert!(seen > 0, "no row is a look-alike");
}

#[test]
fn refused_methods_and_names() {
    for (victim, cors) in asked() {
        for row in methods() {
            let method = values(&row.lines()).expect("it can be sent");
            let explanation = explain(&cors, preflight(&one(APP), &method, &[]));
            assert_fit_for_a_log(&format!("{} at {victim}", row.name), &explanation);
        }
        for row in headers() {
            let names = values(&row.lines()).expect("it can be sent");
            let explanation = explain(&cors, preflight(&one(APP), &one("GET"), &names));
            assert_fit_for_a_log(&format!("{} at {victim}", row.name), &explanation);
        }
    }
}
