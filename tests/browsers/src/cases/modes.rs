//! The modes of `fetch`, and requests that are not cross-origin.
//! <https://fetch.spec.whatwg.org/#main-fetch>

use super::{ACAO, HOME};
use crate::{
    case::{Answer, Case},
    places::Page,
};

pub(super) fn cases() -> Vec<Case> {
    no_cors().into_iter().chain(same_origin()).collect()
}

fn no_cors() -> [Case; 12] {
    let get = ["GET api/0 -"];
    let case = |name: &str| {
        Case::new(format!("no-cors, {name}")).mode("no-cors").tells("opaque").asks(&get)
    };
    let never = |name: &str| case(name).blocked().asks(&[]);
    [
        case("allowed"),
        case("not allowed").actual(200, &[]),
        case("404").actual(404, &[]),
        case("with credentials").credentials("include").actual(200, &[]),
        case("HEAD").method("HEAD").asks(&["HEAD api/0 -"]),
        case("POST").method("POST").body("x").actual(200, &[]).asks(&["POST api/0 home"]),
        case("from the sandbox, POST")
            .page(Page::Sandboxed)
            .method("POST")
            .asks(&["POST api/0 null"]),
        case("unsafe header left out").header("x-a", "1").header("authorization", "x"),
        case("redirected")
            .actual(302, &[("location", "{far}{case}/1")])
            .then(Answer::new(404, &[]), Answer::new(200, &[]))
            .asks(&["GET api/0 -", "GET far/1 -"]),
        never("PUT").method("PUT"),
        never("patch").method("patch"),
        never("redirect mode error").redirect("error"),
    ]
}

fn same_origin() -> [Case; 11] {
    let home = |name: &str| Case::new(name).url("{home}{case}/0").actual(200, &[("x-a", "1")]);
    let told = "200 ok content-length content-type x-a";
    let read = |name: &str| home(name).tells(told);
    [
        read("same origin, GET").asks(&["GET home/0 -"]),
        read("same origin, POST").method("POST").asks(&["POST home/0 home"]),
        read("same origin, PUT").method("PUT").asks(&["PUT home/0 home"]),
        read("same origin, OPTIONS").method("OPTIONS").asks(&["OPTIONS home/0 home"]),
        read("same origin, header").header("x-a", "1").asks(&["GET home/0 -"]),
        read("same origin, mode same-origin").mode("same-origin").asks(&["GET home/0 -"]),
        Case::new("another origin, mode same-origin").mode("same-origin").blocked().asks(&[]),
        home("redirect to another origin, mode same-origin")
            .mode("same-origin")
            .actual(302, &[("location", "{api}{case}/1")])
            .blocked()
            .asks(&["GET home/0 -"]),
        home("the sandbox's own server, not allowed")
            .page(Page::Sandboxed)
            .blocked()
            .asks(&["GET home/0 null"]),
        home("the sandbox's own server, allowed")
            .page(Page::Sandboxed)
            .actual(200, &[(ACAO, "null")])
            .tells("200 ok content-length content-type")
            .asks(&["GET home/0 null"]),
        Case::new("the API by its address")
            .url("{far}{case}/0")
            .actual(200, &[HOME])
            .asks(&["GET far/0 home"]),
    ]
}
