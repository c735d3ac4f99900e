use std::collections::BTreeSet;

use http::{HeaderMap, header};

use super::{
    fault::Fault,
    finding::Finding,
    probe::{Asker, Probe},
};
use crate::testing::{exchange::Exchange, filter::visible};

/// What browsers, caches and proxies read, and pages hardly ever.
const NOT_FOR_PAGES: [&str; 47] = [
    "accept-ch",
    "accept-patch",
    "accept-post",
    "accept-ranges",
    "age",
    "allow",
    "alt-svc",
    "cache-status",
    "clear-site-data",
    "connection",
    "content-encoding",
    "content-security-policy",
    "content-security-policy-report-only",
    "critical-ch",
    "cross-origin-embedder-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "date",
    "etag",
    "keep-alive",
    "location",
    "nel",
    "origin-agent-cluster",
    "permissions-policy",
    "proxy-authenticate",
    "referrer-policy",
    "refresh",
    "report-to",
    "reporting-endpoints",
    "server",
    "server-timing",
    "set-cookie",
    "set-cookie2",
    "sourcemap",
    "strict-transport-security",
    "timing-allow-origin",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "vary",
    "via",
    "www-authenticate",
    "x-content-type-options",
    "x-dns-prefetch-control",
    "x-frame-options",
    "x-powered-by",
    "x-xss-protection",
];

type Names = BTreeSet<String>;

/// Names that are exposed and not sent, and the other way round, but for those that the
/// examination ignores.
pub(super) fn exposures(probes: &[Probe], ignored: &[String]) -> Vec<Finding> {
    let is_readable = |probe: &&Probe| {
        probe.asker == Asker::Page && !probe.is_preflight() && probe.judge().is_ok()
    };
    let readable: Vec<&Probe> = probes.iter().filter(is_readable).collect();
    let all = |names: fn(&Probe) -> Names| -> Names {
        readable.iter().flat_map(|probe| names(probe)).collect()
    };
    let sent = all(sent);
    let is_counted = |name: &&String| !ignored.contains(*name);
    let never_sent = all(promised).difference(&sent).filter(is_counted).cloned().collect();
    let is_for_pages = |name: &&String| {
        !NOT_FOR_PAGES.contains(&name.as_str()) && !name.starts_with("access-control-")
    };
    let seen = all(seen);
    let hidden = sent.difference(&seen).filter(is_counted).filter(is_for_pages).cloned();
    let never_exposed: Names = hidden.collect();
    [never_sent_finding(never_sent, &readable), never_exposed_finding(never_exposed, &readable)]
        .into_iter()
        .flatten()
        .collect()
}

fn never_sent_finding(names: Names, probes: &[&Probe]) -> Option<Finding> {
    (!names.is_empty()).then(|| Finding {
        wrong: format!("exposed and never sent: {}", joined(&names)),
        fix: "send it, or take it out of .expose_headers(…)".to_owned(),
        exchanges: having(&names, promised, probes),
        fault: Fault::ExposedNeverSent(names.into_iter().collect()),
    })
}

fn never_exposed_finding(names: Names, probes: &[&Probe]) -> Option<Finding> {
    let code = |name: &String| format!("HeaderName::from_static({name:?})");
    (!names.is_empty()).then(|| Finding {
        wrong: format!("sent and never exposed: {}", joined(&names)),
        fix: format!(
            "let pages read it: .expose_headers([{}])",
            names.iter().map(code).collect::<Vec<_>>().join(", ")
        ),
        exchanges: having(&names, sent, probes),
        fault: Fault::SentNeverExposed(names.into_iter().collect()),
    })
}

/// What a successful response exposes by name. Those of errors lack most of it for good reasons.
fn promised(probe: &Probe) -> Names {
    let is_success = probe.answer().is_some_and(|(status, _)| status.is_success());
    let exposed = probe.listed(&header::ACCESS_CONTROL_EXPOSE_HEADERS).into_iter();
    exposed.filter(|name| is_success && name != "*").collect()
}

fn sent(probe: &Probe) -> Names {
    probe.answer().map(|(_, headers)| names(headers)).unwrap_or_default()
}

/// What the page can read.
fn seen(probe: &Probe) -> Names {
    let seen = probe.answer().map(|(_, headers)| names(&visible(&probe.request, headers)));
    seen.unwrap_or_default()
}

fn names(headers: &HeaderMap) -> Names {
    headers.keys().map(|name| name.as_str().to_owned()).collect()
}

fn having(names: &Names, of: fn(&Probe) -> Names, probes: &[&Probe]) -> Vec<Exchange> {
    let having = probes.iter().filter(|probe| !of(probe).is_disjoint(names));
    having.map(|probe| probe.exchange.clone()).collect()
}

fn joined(names: &Names) -> String {
    names.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}
