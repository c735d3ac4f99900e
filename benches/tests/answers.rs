//! Whether the contenders do what they are compared for.

use http::{HeaderMap, Response, header};
use tower_cors::Denial;
use tower_cors_benches::{Body, Contender, Kind, Scenario, policies, scenarios};

/// All that a policy of more origins could answer otherwise, one of these does.
const MOST_ORIGINS: usize = 1_000;

fn each_answer(look: impl Fn(&Scenario, &[(Contender, Response<Body>)])) {
    for policy in policies().into_iter().filter(|policy| policy.count() <= MOST_ORIGINS) {
        let contenders = Contender::ALL.into_iter().filter(|contender| contender.has(policy));
        let entries: Vec<_> =
            contenders.map(|contender| (contender, contender.enter(policy))).collect();
        for scenario in scenarios().iter().filter(|scenario| scenario.policy == policy) {
            let answers: Vec<_> = entries
                .iter()
                .map(|(contender, entry)| {
                    (*contender, entry(scenario.inner).answer(scenario.request(7)))
                })
                .collect();
            look(scenario, &answers);
        }
    }
}

fn shown(response: &Response<Body>) -> (u16, Vec<String>, Option<Denial>) {
    let headers = response.headers().iter();
    let mut lines: Vec<_> = headers.map(|(name, value)| format!("{name}: {value:?}")).collect();
    lines.sort();
    (response.status().as_u16(), lines, response.extensions().get().copied())
}

/// A floor that answers otherwise would be no floor.
#[test]
fn the_floor_answers_as_this_crate_does() {
    each_answer(|scenario, answers| {
        let of = |contender| {
            let answer = answers.iter().find(|(known, _)| *known == contender);
            shown(&answer.expect("both take part in everything").1)
        };
        assert_eq!(of(Contender::Floor), of(Contender::TowerCors), "{}", scenario.name);
    });
}

#[test]
fn scenarios_are_of_their_kind() {
    each_answer(|scenario, answers| {
        let (_, answer) = answers
            .iter()
            .find(|(contender, _)| *contender == Contender::TowerCors)
            .expect("it takes part in everything");
        let denial = answer.extensions().get::<Denial>();
        let is_refused = matches!(scenario.kind, Kind::Denied | Kind::PreflightRefused);
        assert_eq!(denial.is_some(), is_refused, "{}: {denial:?}", scenario.name);
        let is_preflight = matches!(scenario.kind, Kind::PreflightAllowed | Kind::PreflightRefused);
        assert_eq!(answer.headers().contains_key(header::CONTENT_TYPE), !is_preflight);
    });
}

/// Others differ in what they tell whom, but not in whom they allow.
#[test]
fn all_contenders_allow_the_same_origins() {
    let allows = |headers: &HeaderMap| headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    each_answer(|scenario, answers| {
        let cors = answers.iter().filter(|(contender, _)| *contender != contender.baseline());
        for (contender, answer) in cors {
            let place = format!("{}, {}", scenario.name, contender.name());
            match scenario.kind {
                Kind::Allowed => assert!(allows(answer.headers()), "{place}"),
                Kind::Denied => assert!(!allows(answer.headers()), "{place}"),
                _ => {}
            }
        }
    });
}
