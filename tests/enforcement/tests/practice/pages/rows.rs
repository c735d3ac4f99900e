//! What pages do, and whose requests these are.

use tower_cors_browsers::engine::Kind;

use crate::verdict::Whose::{self, Nobodys, Own, Strangers};

/// Where the page is, what it does (an act of `page.html`), where to, and whose request that is.
pub(super) type Row = (&'static str, &'static str, &'static str, Whose);

/// A page somewhere else: another site.
const FOREIGN: &[Row] = &[
    ("{stranger}/page", "form", "{api}/", Strangers),
    ("{stranger}/page", "form with a file's encoding", "{api}/", Strangers),
    ("{stranger}/page", "form in plain text", "{api}/", Strangers),
    ("{stranger}/page", "form in a sandbox", "{api}/", Strangers),
    ("{stranger}/shy/page", "form", "{api}/", Strangers),
    ("{stranger}/page", "fetch by GET", "{api}/", Strangers),
    ("{stranger}/page", "fetch without a body", "{api}/", Strangers),
    ("{stranger}/page", "fetch with a body", "{api}/", Strangers),
    ("{stranger}/page", "fetch with cookies", "{api}/", Strangers),
    ("{stranger}/page", "fetch without CORS", "{api}/", Strangers),
    ("{stranger}/page", "beacon", "{api}/", Strangers),
    ("{stranger}/page", "module", "{api}/", Strangers),
    ("{stranger}/page", "web socket", "{api}/", Strangers),
    // Without `Origin`.
    ("{stranger}/page", "form by GET", "{api}/", Nobodys),
    ("{stranger}/page", "link", "{api}/", Nobodys),
    ("{stranger}/page", "frame", "{api}/", Nobodys),
    ("{stranger}/page", "image", "{api}/", Nobodys),
];

/// The same host on another port: the same site, which cookies take for the same.
const NEIGHBOURING: &[Row] = &[
    ("{neighbour}/page", "form", "{api}/", Strangers),
    ("{neighbour}/page", "fetch with cookies", "{api}/", Strangers),
    ("{neighbour}/page", "fetch without CORS", "{api}/", Strangers),
    ("{neighbour}/page", "beacon", "{api}/", Strangers),
    ("{neighbour}/page", "web socket", "{api}/", Strangers),
    ("{neighbour}/page", "link", "{api}/", Nobodys),
    ("{neighbour}/page", "image", "{api}/", Nobodys),
];

/// The server's own pages.
const OWN: &[Row] = &[
    ("{api}/page", "form", "{api}/", Own),
    ("{api}/page", "form with a file's encoding", "{api}/", Own),
    ("{api}/page", "form in plain text", "{api}/", Own),
    // Sends `Origin: null`.
    ("{api}/shy/page", "form", "{api}/", Own),
    ("{api}/page", "fetch without a body", "{api}/", Own),
    ("{api}/page", "fetch with a body", "{api}/", Own),
    ("{api}/page", "fetch of JSON", "{api}/", Own),
    ("{api}/page", "fetch by PUT", "{api}/", Own),
    ("{api}/page", "fetch with cookies", "{api}/", Own),
    ("{api}/page", "fetch without CORS", "{api}/", Own),
    ("{api}/shy/page", "fetch with a body", "{api}/", Own),
    ("{api}/page", "beacon", "{api}/", Own),
    ("{api}/page", "web socket", "{api}/", Own),
    ("{api}/page", "fetch by GET", "{api}/", Nobodys),
    ("{api}/page", "fetch by HEAD", "{api}/", Nobodys),
    ("{api}/page", "form by GET", "{api}/", Nobodys),
    ("{api}/page", "link", "{api}/", Nobodys),
    ("{api}/page", "image", "{api}/", Nobodys),
    // A sandbox takes the page's origin from it.
    ("{api}/page", "form in a sandbox", "{api}/", Strangers),
];

/// Where a detour by another server takes the page's origin from it.
const DETOURS: &[Row] = &[
    ("{api}/page", "form", "{stranger}/detour?{api}/", Strangers),
    ("{api}/page", "fetch without CORS", "{neighbour}/detour?{api}/", Strangers),
    ("{stranger}/page", "form", "{stranger}/detour?{api}/", Strangers),
    ("{stranger}/page", "link", "{stranger}/detour?{api}/", Nobodys),
];

/// Over IPv6.
const IPV6: &[Row] = &[
    ("{ipv6}/page", "form", "{ipv6}/", Own),
    ("{ipv6}/page", "fetch without a body", "{ipv6}/", Own),
    ("{ipv6}/page", "fetch with a body", "{ipv6}/", Own),
    ("{ipv6}/page", "web socket", "{ipv6}/", Own),
    ("{ipv6}/page", "form", "{api}/", Strangers),
    ("{api}/page", "form", "{ipv6}/", Strangers),
    ("{api}/page", "fetch without CORS", "{ipv6}/", Strangers),
    ("{api}/page", "web socket", "{ipv6}/", Strangers),
];

/// Behind nginx, which speaks TLS.
const PROXIED: &[Row] = &[
    ("{proxy}/kept/page", "form", "{proxy}/kept/", Own),
    ("{proxy}/kept/page", "fetch without a body", "{proxy}/kept/", Own),
    ("{proxy}/kept/page", "fetch with a body", "{proxy}/kept/", Own),
    ("{proxy}/kept/page", "fetch of JSON", "{proxy}/kept/", Own),
    ("{proxy}/kept/page", "beacon", "{proxy}/kept/", Own),
    ("{proxy}/kept/page", "web socket", "{proxy}/kept/", Own),
    ("{proxy}/kept/page", "link", "{proxy}/kept/", Nobodys),
    // The browser says where it comes from, so the address does not matter.
    ("{proxy}/replaced/page", "form", "{proxy}/replaced/", Own),
    ("{proxy}/replaced/page", "fetch without a body", "{proxy}/replaced/", Own),
    ("{proxy}/replaced/page", "fetch with a body", "{proxy}/replaced/", Own),
    ("{proxy}/host/page", "form", "{proxy}/host/", Own),
    ("{proxy}/lied/page", "fetch with a body", "{proxy}/lied/", Own),
    ("{proxy}/replaced/page", "web socket", "{proxy}/replaced/", Own),
    // Pages elsewhere. Browsers differ in whether another scheme is another site.
    ("{stranger}/page", "form", "{proxy}/kept/", Strangers),
    ("{stranger}/page", "fetch with cookies", "{proxy}/kept/", Strangers),
    ("{stranger}/page", "web socket", "{proxy}/kept/", Strangers),
    ("{stranger}/page", "form", "{proxy}/replaced/", Strangers),
    ("{stranger}/page", "form", "{proxy}/lied/", Strangers),
    ("{stranger}/page", "link", "{proxy}/kept/", Nobodys),
];

/// A host by plain http that is not loopback, to which browsers send no `Sec-Fetch-Site`.
const PLAIN: &[Row] = &[
    ("{named}/page", "form", "{named}/", Own),
    ("{named}/page", "fetch without a body", "{named}/", Own),
    ("{named}/page", "fetch with a body", "{named}/", Own),
    ("{named}/page", "fetch of JSON", "{named}/", Own),
    ("{named}/page", "beacon", "{named}/", Own),
    ("{named}/page", "web socket", "{named}/", Own),
    ("{named}/page", "link", "{named}/", Nobodys),
    ("{elsewhere}/page", "form", "{named}/", Strangers),
    ("{elsewhere}/page", "fetch without CORS", "{named}/", Strangers),
    ("{elsewhere}/page", "web socket", "{named}/", Strangers),
    ("{elsewhere}/page", "image", "{named}/", Nobodys),
    // A limit: `Origin: null`, and nothing else to tell by.
    ("{named}/shy/page", "form", "{named}/", Strangers),
    ("{named}/shy/page", "fetch with a body", "{named}/", Own),
];

pub(super) fn all() -> Vec<Row> {
    [FOREIGN, NEIGHBOURING, OWN, DETOURS, IPV6, PROXIED, PLAIN].concat()
}

pub(super) fn whose((page, act, _, whose): &Row, kind: Kind) -> Whose {
    // A limit: Chromium sends no `Sec-Fetch-Site` with a handshake, so there is nothing to tell by
    // if `Host` is not kept.
    let is_untold = *act == "web socket" && page.contains("/replaced/") && kind == Kind::Chromium;
    if is_untold { Strangers } else { *whose }
}
