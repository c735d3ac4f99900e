//! The table: fetches, the server's answers, and what comes of them by the
//! [Fetch standard](https://fetch.spec.whatwg.org/).

mod allow_credentials;
mod allow_lists;
mod allow_origin;
mod expose_headers;
mod max_age;
mod methods;
mod modes;
mod redirects;
mod request_headers;
mod statuses;

use crate::case::Case;

/// All rows, in a fixed order.
#[must_use]
pub fn all() -> Vec<Case> {
    [
        methods::cases(),
        request_headers::cases(),
        allow_lists::cases(),
        allow_origin::cases(),
        allow_credentials::cases(),
        statuses::cases(),
        expose_headers::cases(),
        redirects::cases(),
        modes::cases(),
        max_age::cases(),
    ]
    .concat()
}

/// `access-control-allow-origin`, the shortest way to say it in a table.
const ACAO: &str = "access-control-allow-origin";
const ACAC: &str = "access-control-allow-credentials";
const ACAM: &str = "access-control-allow-methods";
const ACAH: &str = "access-control-allow-headers";
const ACEH: &str = "access-control-expose-headers";
const ACMA: &str = "access-control-max-age";

/// Allows `home`.
const HOME: (&str, &str) = (ACAO, "{home}");

/// What becomes of a row.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Blocked,
    Read,
}

use Fate::{Blocked, Read};

/// A preflighted PUT from `home`, whose preflight fails or not.
fn put(name: String, fate: Fate) -> Case {
    let case = Case::new(name).method("PUT");
    match fate {
        Blocked => case.blocked().asks(&["OPTIONS api/0 home PUT"]),
        Read => case.asks(&["OPTIONS api/0 home PUT", "PUT api/0 home"]),
    }
}
