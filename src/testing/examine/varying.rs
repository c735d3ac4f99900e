use http::{HeaderMap, HeaderName, Method, header};

use super::{fault::Fault, finding::Finding, probe::Probe};
use crate::testing::list::{combined, shown};

const BY_ORIGIN: [HeaderName; 3] = [
    header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    header::ACCESS_CONTROL_ALLOW_ORIGIN,
    header::ACCESS_CONTROL_EXPOSE_HEADERS,
];

/// Responses that a cache could hand to another origin. Those to requests without `Origin` count:
/// a cache that keeps one for everyone takes the CORS headers away.
pub(super) fn vary_lacks_origin(probes: &[Probe]) -> Option<Finding> {
    let gets: Vec<&Probe> = probes
        .iter()
        .filter(|probe| !probe.is_preflight() && probe.request.method == Method::GET)
        .collect();
    let depends = |probe: &Probe| gets.iter().any(|other| differ_by_origin(probe, other));
    let marked: Vec<&Probe> =
        gets.iter().copied().filter(|get| !get.varies_by_origin() && depends(get)).collect();
    let first = marked.first()?;
    let (_, headers) = first.answer()?;
    let vary = match combined(headers, &header::VARY) {
        Some(vary) => format!("its vary is \"{}\"", shown(&vary)),
        None => "it has no vary".to_owned(),
    };
    Some(Finding {
        fault: Fault::VaryLacksOrigin,
        wrong: format!("{} depends on the origin, and {vary}", first.named()),
        fix: "let what sets or removes Vary outside the CORS layer append to it, or put it inside"
            .to_owned(),
        exchanges: marked.iter().map(|probe| probe.exchange.clone()).collect(),
    })
}

/// Another status has other reasons, such as a rate limit.
fn differ_by_origin(one: &Probe, other: &Probe) -> bool {
    let (Some((status, headers)), Some((other_status, others))) = (one.answer(), other.answer())
    else {
        return false;
    };
    one.request.url == other.request.url
        && status == other_status
        && is_stored(headers)
        && BY_ORIGIN.iter().any(|name| combined(headers, name) != combined(others, name))
}

fn is_stored(headers: &HeaderMap) -> bool {
    let control = combined(headers, &header::CACHE_CONTROL).unwrap_or_default();
    !control
        .split(|byte| *byte == b',')
        .any(|directive| directive.trim_ascii().eq_ignore_ascii_case(b"no-store"))
}
