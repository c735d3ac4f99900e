//! Every hostile origin through every policy.

use http::{HeaderValue, StatusCode, header};
use tower_cors::{OriginPattern, OriginSet};

use crate::{
    served::{Answer, actual, one, preflight, serve, values},
    table::{Row, origins},
    victims::{APP, LISTED_HEADERS, LISTED_METHODS, Trust, Victim, victims},
};

/// The rows that can be sent, with their values.
fn sendable() -> Vec<(Row, Vec<HeaderValue>)> {
    origins().into_iter().filter_map(|row| values(&row.lines()).map(|lines| (row, lines))).collect()
}

/// What comes of an actual request and of a preflight.
fn answers(victim: &Victim, origin: &[HeaderValue]) -> [Answer; 2] {
    let asks = preflight(origin, &one("PUT"), &one("content-type"));
    [serve(&victim.layer, actual(origin)), serve(&victim.layer, asks)]
}

fn is_enforced(victim: &Victim) -> bool {
    matches!(victim.name, "enforced" | "listed-only")
}

/// Neither answer says anything of CORS, both say why and what they depend on, and what must not
/// run has not.
fn assert_refused(victim: &Victim, row: &Row, answers: &[Answer; 2]) {
    let who = format!("{} at {}", row.name, victim.name);
    for answer in answers {
        assert_eq!(answer.cors(), [""; 0], "{who}");
        assert_eq!(answer.denial(), Some(row.kind), "{who}");
        assert!(answer.varies_by("origin"), "{who}: {:?}", answer.head);
        assert!(!answer.varies_by("x-hostile"), "{who}: {:?}", answer.head);
    }
    let [actual, preflight] = answers;
    assert!(!preflight.has_run, "{who}");
    assert_eq!(preflight.head.status, StatusCode::FORBIDDEN, "{who}");
    if is_enforced(victim) {
        assert!(!actual.has_run, "{who}");
        assert_eq!(actual.head.status, StatusCode::FORBIDDEN, "{who}");
        assert_eq!(actual.lines(&header::CACHE_CONTROL), [b"no-store"], "{who}");
    } else {
        assert!(actual.has_run && actual.varies_by("accept"), "{who}");
        assert_eq!(actual.head.status, StatusCode::OK, "{who}");
    }
}

/// Both answers allow exactly this origin.
fn assert_allowed(victim: &Victim, told: &[u8], answers: &[Answer; 2]) {
    for answer in answers {
        let lines = answer.lines(&header::ACCESS_CONTROL_ALLOW_ORIGIN);
        assert_eq!(lines, [told], "{}", victim.name);
        answer.assert_standard();
    }
    let [actual, preflight] = answers;
    assert!(actual.has_run && !preflight.has_run, "{}", victim.name);
    let says = |name, value: &str| {
        assert_eq!(preflight.lines(&name), [value.as_bytes()], "{}", victim.name);
    };
    says(header::ACCESS_CONTROL_ALLOW_METHODS, LISTED_METHODS);
    says(header::ACCESS_CONTROL_ALLOW_HEADERS, LISTED_HEADERS);
}

#[test]
fn every_policy_allows_its_own() {
    for victim in victims() {
        let (benign, told) = match victim.trust {
            Trust::Everyone => (APP, "*"),
            Trust::Listed { benign, .. } => (benign, benign),
            Trust::Fixed | Trust::Serialized | Trust::Shown(_) => (APP, APP),
        };
        let answers = answers(&victim, &one(benign));
        assert_allowed(&victim, told.as_bytes(), &answers);
        assert_eq!(answers.each_ref().map(Answer::denial), [None; 2], "{}", victim.name);
    }
}

#[test]
fn no_list_allows_any_row() {
    let rows = sendable();
    for victim in victims() {
        if matches!(victim.trust, Trust::Listed { .. }) {
            for (row, origin) in &rows {
                assert_refused(&victim, row, &answers(&victim, origin));
            }
        }
    }
}

/// A mirror and a predicate that says yes to all are there for serialized origins: the rest is
/// neither sent back nor shown.
#[test]
fn mirrors_and_predicates_get_serialized_origins_only() {
    let rows = sendable();
    for victim in victims() {
        if !matches!(victim.trust, Trust::Serialized | Trust::Shown(_)) {
            continue;
        }
        for (row, origin) in &rows {
            let answers = answers(&victim, origin);
            let is_serialized = row.kind == "origin-not-allowed";
            if is_serialized {
                assert_allowed(&victim, origin[0].as_bytes(), &answers);
            } else {
                assert_refused(&victim, row, &answers);
            }
            if let Trust::Shown(seen) = &victim.trust {
                let shown = std::mem::take(&mut *seen.lock().expect("no predicate panics"));
                let expected = if is_serialized { vec![origin[0].as_bytes(); 2] } else { vec![] };
                assert_eq!(shown, expected, "{}", row.name);
            }
        }
    }
}

/// Who tells everyone the same never tells the origin, and a fixed origin refuses all others.
#[test]
fn any_and_fixed_never_tell_the_origin() {
    let rows = sendable();
    for victim in victims() {
        let (told, is_fixed): (&[u8], _) = match victim.trust {
            Trust::Everyone => (b"*", false),
            Trust::Fixed => (APP.as_bytes(), true),
            _ => continue,
        };
        for (row, origin) in &rows {
            let answers = answers(&victim, origin);
            assert_allowed(&victim, told, &answers);
            let expected = is_fixed.then_some(row.kind);
            for answer in &answers {
                assert_eq!(answer.denial(), expected, "{} at {}", row.name, victim.name);
                assert!(!answer.varies_by("origin"), "{} at {}", row.name, victim.name);
            }
        }
    }
}

/// Those that no header can carry as well.
#[test]
fn no_set_matches_any_row() {
    let parse = |pattern: &&str| pattern.parse::<OriginPattern>().expect("it is valid");
    let victims = victims();
    let sets: Vec<OriginSet> =
        victims.iter().map(|victim| victim.patterns().iter().map(parse).collect()).collect();
    let mut unsendable = 0;
    for row in origins() {
        let lines = row.lines();
        assert_eq!(row.kind == "-", values(&lines).is_none(), "{}", row.name);
        unsendable += usize::from(row.kind == "-");
        for set in &sets {
            assert!(
                !lines.iter().all(|line| set.contains(line)) || lines.len() > 1,
                "{}",
                row.name
            );
        }
    }
    assert!(unsendable > 0, "no row has a byte that no header can carry");
}
