//! Eighteen ways to do CORS wrong, each for the property that must report it.

use crate::{
    policy::{Names, Origins},
    raw::{Answer, Raw, Wrong},
    trial::{ACAC, ACAH, ACAM, ACAO, ACEH, ACMA, SIX},
};

pub(crate) struct Breakage {
    pub(crate) does: &'static str,
    pub(crate) wrong: Wrong,
}

const fn breakage(does: &'static str, wrong: Wrong) -> Breakage {
    Breakage { does, wrong }
}

/// In the order of the properties.
pub(crate) const BREAKAGES: [Breakage; 18] = [
    breakage("forwards preflights too", |_, raw, answer| {
        answer.runs += u32::from(raw.is_preflight());
    }),
    breakage("answers every OPTIONS itself", |_, raw, answer| {
        if raw.method == "OPTIONS" {
            (answer.runs, answer.body, answer.status) = (0, "", 204);
        }
    }),
    breakage("adds its origin to the one that is there", |_, _, answer| {
        if let Some(origin) = answer.headers.get(ACAO).cloned() {
            answer.headers.append(ACAO, origin);
        }
    }),
    breakage("echoes any origin", |_, raw, answer| {
        if let [origin] = &raw.origins[..] {
            answer.set(ACAO, &origin.line);
        }
    }),
    breakage("forgets errors", |_, raw, answer| {
        if answer.status == raw.inner.status && answer.status >= 400 {
            forget(answer);
        }
    }),
    breakage("allows null as a matter of course", |_, raw, answer| {
        if matches!(&raw.origins[..], [origin] if origin.line == b"null") {
            answer.set(ACAO, "null");
        }
    }),
    breakage("writes True", |_, _, answer| {
        if answer.headers.contains_key(ACAC) {
            answer.set(ACAC, "True");
        }
    }),
    breakage("says a star to those with credentials", |_, _, answer| {
        if answer.headers.contains_key(ACAC) {
            answer.set(ACAH, "*,authorization");
        }
    }),
    breakage("folds the case of methods", |_, _, answer| {
        let methods = answer.list(ACAM).join(",").to_ascii_uppercase();
        if !methods.is_empty() {
            answer.set(ACAM, methods);
        }
    }),
    breakage("repeats the wanted headers as they are", |_, raw, answer| {
        if let (Some(line), true) = (raw.asked_headers.first(), answer.headers.contains_key(ACAH)) {
            answer.set(ACAH, line);
        }
    }),
    breakage("reads the first line of the wanted headers only", |policy, raw, answer| {
        let asked_headers = raw.asked_headers.iter().take(1).cloned().collect();
        let first = Raw { asked_headers, ..raw.clone() }.asked_names();
        let mut listed = answer.list(ACAH);
        if matches!(policy.headers, Names::Mirror) && !listed.is_empty() {
            listed.retain(|name| first.contains(name));
            answer.set(ACAH, listed.join(","));
        }
    }),
    breakage("exposes headers on preflights", |_, raw, answer| {
        if raw.is_preflight() && answer.headers.contains_key(ACAO) {
            answer.set(ACEH, "x-request-id");
        }
    }),
    breakage("writes the unit of the max age", |_, _, answer| {
        if let [seconds] = answer.lines(ACMA)[..] {
            let seconds = [seconds, b"s"].concat();
            answer.set(ACMA, seconds);
        }
    }),
    breakage("allows whom a proxy names", |_, raw, answer| {
        if raw
            .others
            .iter()
            .any(|(name, line)| *name == "x-forwarded-host" && *line == "evil.example")
        {
            forget(answer);
        }
    }),
    breakage("varies by origin only where it allows one", |policy, raw, answer| {
        let is_inner = raw.inner.lines.iter().any(|(name, _)| *name == "vary");
        if !answer.headers.contains_key(ACAO)
            && !matches!(policy.origins, Origins::Any)
            && !is_inner
        {
            answer.headers.remove("vary");
        }
    }),
    breakage("replaces the inner Vary", |_, _, answer| {
        if answer.headers.contains_key("vary") {
            answer.set("vary", "origin");
        }
    }),
    breakage("takes an origin for text", |_, raw, _| {
        for origin in &raw.origins {
            assert!(origin.line.is_ascii(), "an origin is text");
        }
    }),
    breakage("lets pages into private networks", |_, raw, answer| {
        let asks = |(name, _): &(&str, &str)| name.ends_with("-private-network");
        if raw.others.iter().any(asks) && answer.headers.contains_key(ACAO) {
            answer.set("access-control-allow-private-network", "true");
        }
    }),
];

fn forget(answer: &mut Answer) {
    for name in SIX {
        answer.headers.remove(name);
    }
}
