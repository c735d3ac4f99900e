//! The properties hold of the layer, whatever it is asked, and of no layer that is wrong.

use std::{cell::Cell, collections::BTreeSet};

use proptest::{collection::vec, prelude::*};

use crate::{
    breakages::BREAKAGES,
    check,
    generator::policies,
    policy::Policy,
    properties::{PROPERTIES, Property},
    raw::{Raw, Server, Wrong},
    raws::raws,
    trial::Trial,
};

/// What of a rule no answer can show, and other tests do.
const NOT_HERE: [(&str, &str); 4] = [
    ("S5", "that a star with credentials does not build"),
    ("S9", "that authentication sits inside: the program's to arrange"),
    ("S22", "that a pattern over a public suffix does not build with credentials"),
    ("S23", "that an http origin does not build with credentials"),
];

fn cases() -> impl Strategy<Value = (Policy, Vec<Raw>)> {
    (policies(), vec(raws(), 4))
}

fn holds(property: &Property, policy: &Policy, raws: &[Raw], wrong: Option<Wrong>) -> bool {
    let server = Server::new(policy, wrong);
    raws.iter().all(|raw| {
        let answer = server.ask(raw);
        (property.holds)(&Trial { server: &server, policy, raw, answer: &answer })
    })
}

#[test]
fn the_layer_has_every_property() {
    check(3_000, &cases(), |(policy, raws)| {
        let server = Server::new(&policy, None);
        for raw in &raws {
            let answer = server.ask(raw);
            let trial = Trial { server: &server, policy: &policy, raw, answer: &answer };
            for property in &PROPERTIES {
                prop_assert!((property.holds)(&trial), "{}: {raw:?}\n{answer:?}", property.says);
            }
        }
        Ok(())
    });
}

#[test]
fn every_property_reports_what_breaks_it() {
    for (property, breakage) in PROPERTIES.iter().zip(&BREAKAGES) {
        let reported = Cell::new(0);
        check(300, &cases(), |(policy, raws)| {
            let is_right = holds(property, &policy, &raws, Some(breakage.wrong));
            reported.set(reported.get() + u32::from(!is_right));
            Ok(())
        });
        let reported = reported.get();
        assert!(reported > 0, "{}: a server that {}", property.says, breakage.does);
    }
}

#[test]
fn every_duty_is_covered() {
    let covered: BTreeSet<_> = PROPERTIES.iter().flat_map(|property| property.covers).collect();
    let duties: Vec<String> = (1..=25).map(|number| format!("S{number}")).collect();
    let uncovered: Vec<_> = duties.iter().filter(|id| !covered.contains(&id.as_str())).collect();
    assert!(uncovered.is_empty(), "{uncovered:?}");
    assert_eq!(covered.len(), duties.len(), "{covered:?}");
    for (id, what) in NOT_HERE {
        assert!(covered.contains(&id), "{id}: {what}");
    }
}
