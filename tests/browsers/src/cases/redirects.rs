//! Redirects are judged hop by hop, and taint the origin.
//! <https://fetch.spec.whatwg.org/#http-redirect-fetch>

use super::{ACAC, ACAH, ACAM, ACAO, HOME};
use crate::{
    case::{Answer, Case},
    places::Page,
};

const NEAR: &str = "{api}{case}/1";
const FAR: &str = "{far}{case}/1";
/// Firefox begins to remember a URL's preflights after some fetches only.
const TIMES: usize = 8;
const NEVER: &[(&str, &str)] = &[];
const ANY: (&str, &str) = (ACAO, "*");
const NULL: (&str, &str) = (ACAO, "null");

pub(super) fn cases() -> Vec<Case> {
    let statuses = [301, 302, 303, 307, 308].into_iter().flat_map(by_status);
    let targets = TARGETS.iter().map(|(what, location)| {
        let case = to(&format!("redirect to {what}"), 302, location, &[HOME]);
        case.blocked().asks(&["GET api/0 home"])
    });
    let cases = statuses.chain(targets).chain(tainted()).chain(preflighted());
    cases.chain(modes()).chain(special()).collect()
}

/// Refused without a second request.
const TARGETS: [(&str, &str); 8] = [
    ("another host with credentials", "http://user:word@127.0.0.1:{port}{case}/1"),
    ("the same host with credentials", "http://user:word@localhost:{port}{case}/1"),
    ("a user alone", "http://user@localhost:{port}{case}/1"),
    ("data", "data:,ok"),
    ("a script", "javascript:1"),
    ("a mail address", "mailto:a@example.com"),
    ("about:blank", "about:blank"),
    ("no URL", "http://[/"),
];

/// A fetch of `api`, whose answer is a redirect and allows `home`.
fn to(name: &str, status: u16, location: &str, last: &[(&str, &str)]) -> Case {
    let first = [HOME, ("location", location)];
    let preflight = [HOME, (ACAM, "PUT"), (ACAH, "x-a,authorization")];
    Case::new(name)
        .preflight(204, &preflight)
        .actual(status, &first)
        .then(Answer::new(204, &preflight), Answer::new(200, last))
}

fn by_status(status: u16) -> [Case; 4] {
    let post = if status < 304 { "GET api/1 home" } else { "POST api/1 home" };
    let to = |name: &str, location, last: &[(&str, &str)]| {
        to(&format!("redirect {status}{name}"), status, location, last)
    };
    [
        to("", NEAR, &[HOME]).asks(&["GET api/0 home", "GET api/1 home"]),
        to(" of a POST", NEAR, &[HOME]).method("POST").body("x").asks(&["POST api/0 home", post]),
        to(" to another host", FAR, &[NULL]).asks(&["GET api/0 home", "GET far/1 null"]),
        to(" that is not allowed", NEAR, &[HOME])
            .actual(status, &[("location", NEAR)])
            .blocked()
            .asks(&["GET api/0 home"]),
    ]
}

fn tainted() -> [Case; 10] {
    let far = ["GET api/0 home", "GET far/1 null"];
    let back = ["GET api/0 home", "GET home/1 null"];
    let out = |name: &str, location, last| {
        to(name, 302, location, last)
            .url("{home}{case}/0")
            .asks(&["GET home/0 -", "GET api/1 home"])
    };
    [
        to("tainted origin, null allowed", 302, FAR, &[NULL]).asks(&far),
        to("tainted origin, any allowed", 302, FAR, &[ANY]).asks(&far),
        to("tainted origin, home allowed", 302, FAR, &[HOME]).blocked().asks(&far),
        to("tainted origin, nobody allowed", 302, FAR, NEVER).blocked().asks(&far),
        to("back home, null allowed", 302, "{home}{case}/1", &[NULL]).asks(&back),
        to("back home, nobody allowed", 302, "{home}{case}/1", NEVER).blocked().asks(&back),
        out("from home to the API", NEAR, &[HOME]),
        out("from home to the API, not allowed", NEAR, NEVER).blocked(),
        out(
            "from home to the API with a user in the URL",
            "http://user@localhost:{port}{case}/1",
            NEVER,
        )
        .blocked()
        .asks(&["GET home/0 -"]),
        to("from the sandbox", 302, FAR, &[NULL])
            .page(Page::Sandboxed)
            .actual(302, &[NULL, ("location", FAR)])
            .asks(&["GET api/0 null", "GET far/1 null"]),
    ]
}

fn preflighted() -> [Case; 16] {
    let put = ["OPTIONS api/0 home PUT", "PUT api/0 home"];
    let again = ["OPTIONS api/1 home PUT", "PUT api/1 home"];
    let and = |more: &[&'static str]| [&put, more].concat();
    let preflight = "OPTIONS api/0 home GET x-a";
    let json =
        |case: Case| case.method("POST").body("{}").header("content-type", "application/json");
    let near = |name: &str, status| to(name, status, NEAR, &[HOME]);
    let from_home = |name: &str, status| near(name, status).url("{home}{case}/0");
    let mut null = to("redirect of a PUT, null allowed there", 307, FAR, &[NULL])
        .method("PUT")
        .asks(&and(&["OPTIONS far/1 null PUT", "PUT far/1 null"]));
    null.steps[1].preflight = Answer::new(204, &[NULL, (ACAM, "PUT")]);
    let mut any = to("redirect of a PUT, any allowed there, again and again", 307, FAR, &[ANY])
        .method("PUT")
        .times(TIMES)
        .asks(&["PUT far/1 null"]);
    any.steps[1].preflight = Answer::new(204, &[ANY, (ACAM, "PUT")]);
    [
        to("redirect 307 of a PUT", 307, NEAR, &[HOME]).method("PUT").asks(&and(&again)),
        to("redirect 308 of a PUT", 308, NEAR, &[HOME]).method("PUT").asks(&and(&again)),
        to("redirect 302 of a PUT", 302, NEAR, &[HOME]).method("PUT").asks(&and(&again)),
        to("redirect 303 of a PUT", 303, NEAR, &[HOME])
            .method("PUT")
            .asks(&and(&["GET api/1 home"])),
        to("redirect 303 of a PUT, again and again", 303, NEAR, &[HOME])
            .method("PUT")
            .times(TIMES)
            .asks(&["GET api/1 home"]),
        from_home("redirect 303 of a PUT from home", 303)
            .method("PUT")
            .asks(&["PUT home/0 home", "GET api/1 home"]),
        // Its type stays behind with the body.
        json(near("redirect 303 of JSON", 303))
            .preflight(204, &[HOME, (ACAH, "content-type")])
            .asks(&["OPTIONS api/0 home POST content-type", "POST api/0 home", "GET api/1 home"]),
        json(from_home("redirect 303 of JSON from home", 303))
            .asks(&["POST home/0 home", "GET api/1 home"]),
        from_home("redirect with a header from home", 302).header("x-a", "1").asks(&[
            "GET home/0 -",
            "OPTIONS api/1 home GET x-a",
            "GET api/1 home",
        ]),
        from_home("redirect with authorization from home", 302)
            .header("authorization", "x")
            .asks(&["GET home/0 -", "GET api/1 home"]),
        any,
        to("redirect of a PUT, not allowed there", 307, FAR, &[NULL])
            .method("PUT")
            .blocked()
            .asks(&and(&["OPTIONS far/1 null PUT"])),
        null,
        to("redirect with a header", 302, NEAR, &[HOME]).header("x-a", "1").asks(&[
            preflight,
            "GET api/0 home",
            "OPTIONS api/1 home GET x-a",
            "GET api/1 home",
        ]),
        to("redirect with authorization", 302, NEAR, &[HOME]).header("authorization", "x").asks(&[
            "OPTIONS api/0 home GET authorization",
            "GET api/0 home",
            "OPTIONS api/1 home GET authorization",
            "GET api/1 home",
        ]),
        // Authorization stays behind, so nothing is left to announce.
        to("redirect with authorization to another host", 302, FAR, &[NULL])
            .header("authorization", "x")
            .asks(&["OPTIONS api/0 home GET authorization", "GET api/0 home", "GET far/1 null"]),
    ]
}

fn modes() -> [Case; 7] {
    let error = ["GET api/0 home"];
    let with = [HOME, (ACAC, "true"), ("location", NEAR)];
    [
        to("redirect mode error", 302, NEAR, &[HOME]).redirect("error").blocked().asks(&error),
        to("redirect mode manual", 302, NEAR, &[HOME])
            .redirect("manual")
            .tells("opaqueredirect")
            .asks(&error),
        to("redirect mode manual, not allowed", 302, NEAR, &[HOME])
            .redirect("manual")
            .actual(302, &[("location", NEAR)])
            .blocked()
            .asks(&error),
        Case::new("redirect mode error without a redirect").redirect("error"),
        Case::new("redirect mode manual without a redirect").redirect("manual"),
        to("redirect with credentials", 302, NEAR, &[HOME, (ACAC, "true")])
            .credentials("include")
            .actual(302, &with)
            .asks(&["GET api/0 home", "GET api/1 home"]),
        to("redirect with credentials, not allowed there", 302, NEAR, &[HOME])
            .credentials("include")
            .actual(302, &with)
            .blocked()
            .asks(&["GET api/0 home", "GET api/1 home"]),
    ]
}

fn special() -> [Case; 4] {
    let told = "302 ok content-length content-type";
    let to = |name: &str, location| to(name, 302, location, &[HOME]);
    [
        Case::new("redirect without a location").actual(302, &[HOME]).tells(told),
        to("redirect in circles", "{api}{case}/0").blocked().asks(&["GET api/0 home"; 21]),
        to("redirect to a relative URL", "1").asks(&["GET api/0 home", "GET api/1 home"]),
        to("redirect to a fragment's URL", "{api}{case}/1#x")
            .asks(&["GET api/0 home", "GET api/1 home"]),
    ]
}
