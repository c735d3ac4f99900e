//! A preflight has to succeed; of a response any status will do.
//! <https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>

use super::{ACAM, Blocked, Fate, HOME, Read, put};
use crate::case::Case;

pub(super) fn cases() -> Vec<Case> {
    let preflights = PREFLIGHTS.iter().map(|(status, fate)| preflight(*status, *fate));
    let bodies = WITH_BODY.iter().map(|status| {
        let told = format!("{status} ok content-length content-type");
        Case::new(format!("status {status}")).actual(*status, &[HOME]).tells(&told)
    });
    let blocked = BLOCKED.iter().map(|status| {
        Case::new(format!("status {status}, not allowed")).actual(*status, &[]).blocked()
    });
    preflights.chain(bodies).chain(blocked).chain(without_body()).collect()
}

const PREFLIGHTS: [(u16, Fate); 33] = [
    (200, Read),
    (201, Read),
    (202, Read),
    (203, Read),
    (204, Read),
    (205, Read),
    (206, Read),
    (226, Read),
    (299, Read),
    (300, Blocked),
    (301, Blocked),
    (302, Blocked),
    (303, Blocked),
    (304, Blocked),
    (305, Blocked),
    (307, Blocked),
    (308, Blocked),
    (399, Blocked),
    (400, Blocked),
    (401, Blocked),
    (403, Blocked),
    (404, Blocked),
    (405, Blocked),
    (409, Blocked),
    (418, Blocked),
    (422, Blocked),
    (429, Blocked),
    (451, Blocked),
    (500, Blocked),
    (501, Blocked),
    (503, Blocked),
    (504, Blocked),
    (599, Blocked),
];

const WITH_BODY: [u16; 38] = [
    201, 202, 203, 206, 207, 208, 226, 299, 300, 305, 306, 399, 400, 401, 402, 403, 404, 405, 406,
    409, 410, 412, 413, 415, 418, 422, 425, 429, 431, 451, 499, 500, 501, 502, 503, 504, 511, 599,
];

const BLOCKED: [u16; 9] = [201, 204, 206, 304, 400, 401, 404, 500, 503];

fn preflight(status: u16, fate: Fate) -> Case {
    let mut answer = vec![HOME, (ACAM, "PUT")];
    if matches!(status, 301 | 302 | 303 | 307 | 308) {
        answer.push(("location", "{api}{case}/0"));
    }
    put(format!("preflight's status {status}"), fate).preflight(status, &answer)
}

fn without_body() -> [Case; 3] {
    [204, 205, 304].map(|status| {
        let told =
            if status == 205 { "205 - content-length".to_owned() } else { format!("{status} -") };
        Case::new(format!("status {status}")).actual(status, &[HOME]).tells(&told)
    })
}
