//! What can be said of every answer of a server that does CORS right.

use http::header::HeaderName;

use crate::{
    origins::NULL,
    policy::{Names, Origins},
    raw::{Answer, INNER_BODY, Origin, Raw},
    raws::{MARK, USABLE_METHODS},
    trial::{ACAC, ACAH, ACAM, ACAO, ACEH, ACMA, SIX, Trial},
};

pub(crate) struct Property {
    pub(crate) says: &'static str,
    pub(crate) covers: &'static [&'static str],
    pub(crate) holds: fn(&Trial<'_>) -> bool,
}

const fn property(
    says: &'static str,
    covers: &'static [&'static str],
    holds: fn(&Trial<'_>) -> bool,
) -> Property {
    Property { says, covers, holds }
}

#[rustfmt::skip]
pub(crate) const PROPERTIES: [Property; 18] = [
    property("a preflight ends here: empty, a success or 403, and nothing runs", &["S1", "S8", "S9", "S12"], preflight_ends_here),
    property("all else runs once, unless enforcement keeps a stranger out", &["S1", "S2", "S17"], all_else_runs_once),
    property("one origin at most: the asker's, the fixed one or a star", &["S3", "S25"], one_origin_at_most),
    property("a stranger is told nothing", &["S4", "S12", "S20", "S21", "S22", "S23"], stranger_is_told_nothing),
    property("who is allowed is told so, whatever the status", &["S4", "S15"], allowed_is_told),
    property("`null` is shared with only where it is named, and never trusted", &["S7"], null_is_named),
    property("credentials are `true` for whom the policy trusts, else absent", &["S6"], credentials_are_true),
    property("no star where anyone is trusted with credentials", &["S5"], no_star_with_credentials),
    property("methods are listed as they were given, or as asked for", &["S10"], methods_are_as_given),
    property("a header is allowed if configured, or echoed if asked for", &["S11", "S20"], headers_are_known),
    property("however the wanted headers are spelt, the answer is one, and short", &["S19"], spelling_is_indifferent),
    property("headers are exposed on what runs, none that no response may show", &["S13"], exposed_on_what_runs),
    property("the max age is whole seconds, on preflights", &["S14"], max_age_is_digits),
    property("no cookie, host, referrer, proxy or path decides", &["S6", "S9", "S18"], nothing_else_decides),
    property("what depends on the origin says so, and only that", &["S16"], vary_names_origin),
    property("what the inner service says survives, but of CORS", &["S16", "S25"], inner_headers_survive),
    property("no request breaks it", &["S20"], nothing_breaks),
    property("it knows six headers of CORS, and none of private networks", &["S24"], six_headers),
];

const SAFELISTED: [&str; 3] = ["GET", "HEAD", "POST"];

fn preflight_ends_here(trial: &Trial<'_>) -> bool {
    let Trial { policy, answer, .. } = trial;
    let status = if trial.is_stranger() { 403 } else { policy.preflight_status };
    !trial.raw.is_preflight() || (answer.runs, answer.body, answer.status) == (0, "", status)
}

fn all_else_runs_once(trial: &Trial<'_>) -> bool {
    let Trial { policy, raw, answer, .. } = trial;
    let outcome = (answer.runs, answer.body, answer.status);
    let is_kept_out = || policy.enforces && trial.is_stranger() && outcome == (0, "", 403);
    raw.is_preflight() || outcome == (1, INNER_BODY, raw.inner.status) || is_kept_out()
}

fn one_origin_at_most(trial: &Trial<'_>) -> bool {
    let said = match (&trial.policy.origins, &trial.raw.origins[..]) {
        (Origins::Any, _) => b"*".to_vec(),
        (Origins::Fixed(page), _) => page.origin().into_bytes(),
        (_, [asker]) => asker.line.clone(),
        _ => return !trial.has(ACAO),
    };
    let lines = trial.answer.lines(ACAO);
    lines.is_empty() || lines == [said]
}

fn stranger_is_told_nothing(trial: &Trial<'_>) -> bool {
    !trial.is_stranger() || !SIX.iter().any(|name| trial.has(name))
}

fn allowed_is_told(trial: &Trial<'_>) -> bool {
    trial.is_stranger() || trial.has(ACAO)
}

fn null_is_named(trial: &Trial<'_>) -> bool {
    let is_null = trial.answer.lines(ACAO) == [b"null"];
    !is_null || (trial.policy.allows_null && trial.raw.page() == Some(NULL) && !trial.has(ACAC))
}

fn credentials_are_true(trial: &Trial<'_>) -> bool {
    let Trial { policy, raw, answer, .. } = trial;
    // One answer for everyone trusts everyone, and leaves it to `ACAO` whom that is.
    let asker = if policy.is_static() { Some(NULL) } else { raw.page() };
    let is_trusted = !trial.is_stranger() && asker.is_some_and(|page| policy.trusts(page));
    answer.lines(ACAC) == if is_trusted { vec![&b"true"[..]] } else { vec![] }
}

fn no_star_with_credentials(trial: &Trial<'_>) -> bool {
    let is_star = |name: &&str| trial.answer.list(name).iter().any(|element| element == "*");
    !trial.policy.may_trust() || ![ACAO, ACAM, ACAH, ACEH].iter().any(is_star)
}

fn methods_are_as_given(trial: &Trial<'_>) -> bool {
    let Trial { policy, raw, answer, .. } = trial;
    if !trial.is_told_preflight() {
        return !trial.has(ACAM);
    }
    let asked = match raw.asked_methods[..] {
        [asked] if USABLE_METHODS.contains(&asked) => vec![String::from_utf8_lossy(asked).into()],
        _ => SAFELISTED.map(str::to_owned).to_vec(),
    };
    let listed = answer.list(ACAM);
    match &policy.methods {
        Names::Any if !policy.may_trust() => listed == ["*"],
        Names::Any | Names::Mirror => listed == asked,
        Names::List(names) if names.is_empty() => listed == SAFELISTED,
        Names::List(names) => listed == *names,
    }
}

fn headers_are_known(trial: &Trial<'_>) -> bool {
    let Trial { policy, raw, answer, .. } = trial;
    if !trial.is_told_preflight() {
        return !trial.has(ACAH);
    }
    let listed = answer.list(ACAH);
    let asked = raw.asked_names();
    let is_echo = |name: &String| {
        asked.contains(name) && name != "*" && HeaderName::from_bytes(name.as_bytes()).is_ok()
    };
    match &policy.headers {
        Names::Any if !policy.may_trust() => listed == ["*", "authorization"],
        Names::Any | Names::Mirror => listed.iter().all(is_echo),
        Names::List(names) => listed == *names,
    }
}

/// In one line, padded, with empty elements and in upper case.
fn spelling_is_indifferent(trial: &Trial<'_>) -> bool {
    let padded = trial.raw.asked_headers.join(&b" ,,\t"[..]).to_ascii_uppercase();
    let raw = Raw { asked_headers: vec![padded], ..trial.raw.clone() };
    let listed = trial.answer.list(ACAH);
    listed == trial.server.ask(&raw).list(ACAH)
        && listed.len() <= 256
        && trial.answer.lines(ACAH).iter().all(|line| line.len() <= 8 * 1024)
}

fn exposed_on_what_runs(trial: &Trial<'_>) -> bool {
    let Trial { policy, raw, answer, .. } = trial;
    if raw.is_preflight() || trial.is_stranger() {
        return !trial.has(ACEH);
    }
    let exposed = answer.list(ACEH);
    let may_show = |name: &String| trial.has(name) && !name.starts_with("set-cookie");
    match &policy.exposed {
        None if policy.may_trust() => exposed.iter().all(may_show),
        None => exposed == ["*"],
        Some(names) => exposed == *names,
    }
}

fn max_age_is_digits(trial: &Trial<'_>) -> bool {
    let seconds = trial.policy.max_age_millis.map(|millis| millis.div_ceil(1_000).to_string());
    let seconds = seconds.filter(|_| trial.is_told_preflight());
    trial.answer.lines(ACMA) == seconds.iter().map(String::as_bytes).collect::<Vec<_>>()
}

const NOISE: [(&str, &str); 9] = [
    ("access-control-request-private-network", "true"),
    ("authorization", "Basic c2Vzc2lvbg=="),
    ("cookie", "admin=1"),
    ("forwarded", "host=app.example.com;proto=https"),
    ("host", "app.example.com"),
    ("referer", "https://app.example.com/"),
    ("x-forwarded-for", "127.0.0.1"),
    ("x-forwarded-host", "evil.example"),
    ("x-forwarded-proto", "https"),
];

fn nothing_else_decides(trial: &Trial<'_>) -> bool {
    let mut others = trial.raw.others.clone();
    others.retain(|(name, _)| *name == "sec-fetch-site");
    others.extend(NOISE);
    let uri = "http://evil.example/users/?origin=https://app.example.com&null";
    let other = trial.server.ask(&Raw { uri, others, ..trial.raw.clone() });
    SIX.iter().all(|name| trial.answer.lines(name) == other.lines(name))
}

/// Asks again for others, and for nobody where the question stays what it is.
fn vary_names_origin(trial: &Trial<'_>) -> bool {
    let Trial { policy, raw, answer, server } = trial;
    let nobody = (!raw.is_preflight()).then(Vec::new);
    let lines = ["https://app.example.com", "https://evil.example", "null", "http://localhost"];
    let others = lines.map(|line| vec![Origin { line: line.into(), page: None }]);
    let differs = others.into_iter().chain(nobody).any(|origins| {
        let raw = Raw { origins, ..(*raw).clone() };
        let other = server.ask(&raw);
        let is_same = other.status == answer.status && other.headers == answer.headers;
        let is_told = names_origin(&other) && names_origin(answer);
        raw.is_preflight() == trial.raw.is_preflight() && !is_same && !is_told
    });
    let inner = raw
        .inner
        .lines
        .iter()
        .any(|(name, line)| *name == "vary" && (line.contains("Origin") || line.contains('*')));
    let is_inner = inner && answer.runs == 1;
    !differs && names_origin(answer) == (!policy.is_static() || is_inner)
}

fn names_origin(answer: &Answer) -> bool {
    answer.list("vary").iter().any(|name| name == "*" || name.eq_ignore_ascii_case("origin"))
}

fn inner_headers_survive(trial: &Trial<'_>) -> bool {
    let Trial { raw, answer, .. } = trial;
    let inner = |name: &str| -> Vec<&[u8]> {
        let lines = raw.inner.lines.iter().filter(|(said, _)| *said == name);
        lines.map(|(_, line)| line.as_bytes()).collect()
    };
    let survives = |(name, _): &(&str, &str)| match *name {
        "vary" if inner("vary").contains(&&b"*"[..]) => answer.lines("vary") == inner("vary"),
        "vary" => answer.lines("vary").starts_with(&inner("vary")),
        name if SIX.contains(&name) => true,
        name => answer.lines(name) == inner(name),
    };
    let is_inner = |line: &&[u8]| String::from_utf8_lossy(line).contains(MARK);
    (answer.runs == 0 || raw.inner.lines.iter().all(survives))
        && !SIX.iter().any(|name| answer.lines(name).iter().any(is_inner))
        && is_without_repeats(answer.list("vary"))
}

/// As is what the inner service says.
fn is_without_repeats(mut names: Vec<String>) -> bool {
    names.iter_mut().for_each(|name| name.make_ascii_lowercase());
    names.sort_unstable();
    names.windows(2).all(|pair| pair[0] != pair[1])
}

fn nothing_breaks(trial: &Trial<'_>) -> bool {
    let Trial { raw, answer, .. } = trial;
    !answer.panicked && (answer.status < 500 || answer.status == raw.inner.status)
}

fn six_headers(trial: &Trial<'_>) -> bool {
    let mut names = trial.answer.headers.keys().map(HeaderName::as_str);
    names.all(|name| !name.starts_with("access-control-") || SIX.contains(&name))
}
