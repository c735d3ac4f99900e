use http::{HeaderName, header};

use super::{
    fault::Fault,
    finding::Finding,
    probe::{Asker, Probe},
};
use crate::testing::list::{combined, shown};

const FIX: &str = "remove one of the two CORS layers, or put the one of this crate outermost, \
                   which replaces what is inside";

/// Headers of which a response has one value.
const SINGLE: [HeaderName; 3] = [
    header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    header::ACCESS_CONTROL_ALLOW_ORIGIN,
    header::ACCESS_CONTROL_MAX_AGE,
];

/// Two layers that set CORS headers, as far as it shows.
pub(super) fn two_layers(probes: &[Probe]) -> Option<Finding> {
    doubled(probes).or_else(|| contradictory(probes)).or_else(|| disagreeing(probes))
}

/// Both have left their mark on one response.
fn doubled(probes: &[Probe]) -> Option<Finding> {
    let double = |probe: &Probe| {
        let is_double =
            |name: &HeaderName| matches!(value(probe, name), Some(v) if v.contains(','));
        SINGLE.into_iter().find(is_double)
    };
    let marked: Vec<&Probe> = probes.iter().filter(|probe| double(probe).is_some()).collect();
    let first = *marked.first()?;
    let name = double(first)?;
    let value = value(first, &name)?;
    let wrong = format!("{} has several values of {name}, {value:?}", first.named());
    Some(finding(wrong, &marked))
}

/// One has overwritten a part of what the other said.
fn contradictory(probes: &[Probe]) -> Option<Finding> {
    let is_contradictory = |probe: &&Probe| {
        value(probe, &header::ACCESS_CONTROL_ALLOW_ORIGIN).as_deref() == Some("*")
            && value(probe, &header::ACCESS_CONTROL_ALLOW_CREDENTIALS).is_some()
    };
    let marked: Vec<&Probe> = probes.iter().filter(is_contradictory).collect();
    let wrong = format!(
        "{} allows the origin `*` and credentials, which exclude each other",
        marked.first()?.named()
    );
    Some(finding(wrong, &marked))
}

/// One answers preflights, or strangers, and the other the page's requests to the same URL.
fn disagreeing(probes: &[Probe]) -> Option<Finding> {
    let name = header::ACCESS_CONTROL_ALLOW_ORIGIN;
    for (at, one) in probes.iter().enumerate() {
        let Some(said) = value(one, &name) else { continue };
        let contradicts = |other: &&Probe| {
            let is_comparable = one.request.url == other.request.url
                && [one.asker, other.asker].iter().all(|asker| *asker != Asker::Nobody);
            is_comparable && matches!(value(other, &name), Some(v) if (v == "*") != (said == "*"))
        };
        let Some(other) = probes[at..].iter().find(contradicts) else { continue };
        let wrong = format!(
            "{} has {name} {said:?}, and {}{} has {:?}",
            one.named(),
            other.named(),
            if other.asker == Asker::Stranger { " from another origin" } else { "" },
            value(other, &name).unwrap_or_default(),
        );
        return Some(finding(wrong, &[one, other]));
    }
    None
}

fn value(probe: &Probe, name: &HeaderName) -> Option<String> {
    let (_, headers) = probe.answer()?;
    combined(headers, name).map(|value| shown(&value))
}

fn finding(wrong: String, probes: &[&Probe]) -> Finding {
    let exchanges = probes.iter().map(|probe| probe.exchange.clone()).collect();
    Finding { fault: Fault::TwoLayers, wrong, fix: FIX.to_owned(), exchanges }
}
