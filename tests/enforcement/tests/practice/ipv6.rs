//! The same over IPv6, whose addresses stand in brackets.

use std::net::{Ipv6Addr, TcpListener};

use crate::{
    addresses::{Row, check},
    lacking,
    verdict::Whose::{Own, Strangers},
};

const ROWS: &[Row] = &[
    ("own", "POST {path} HTTP/1.1 | host: {here} | origin: http://{here}", Own),
    (
        "absolute form",
        "POST http://{here}{path} HTTP/1.1 | host: {here} | origin: http://{here}",
        Own,
    ),
    ("another port", "POST {path} HTTP/1.1 | host: {here} | origin: http://[::1]:1", Strangers),
    (
        "another address",
        "POST {path} HTTP/1.1 | host: {here} | origin: http://[::2]:{port}",
        Strangers,
    ),
    ("IPv4", "POST {path} HTTP/1.1 | host: {here} | origin: http://127.0.0.1:{port}", Strangers),
    ("a name", "POST {path} HTTP/1.1 | host: {here} | origin: http://localhost:{port}", Strangers),
    ("no brackets", "POST {path} HTTP/1.1 | host: {here} | origin: http://::1:{port}", Strangers),
    ("no port", "POST {path} HTTP/1.1 | host: [::1] | origin: http://[::1]", Own),
    ("default port", "POST {path} HTTP/1.1 | host: [::1]:443 | origin: https://[::1]", Own),
    ("port in Host alone", "POST {path} HTTP/1.1 | host: {here} | origin: http://[::1]", Strangers),
    (
        "port in Origin alone",
        "POST {path} HTTP/1.1 | host: [::1] | origin: http://{here}",
        Strangers,
    ),
    (
        "upper case",
        "POST {path} HTTP/1.1 | host: [2001:DB8::A] | origin: http://[2001:db8::a]",
        Own,
    ),
];

/// Whether the machine has an IPv6 loopback.
pub(crate) fn is_here() -> bool {
    let is_here = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok();
    if !is_here {
        lacking("[::1]", "sysctl net.ipv6.conf.lo.disable_ipv6=0");
    }
    is_here
}

#[tokio::test]
async fn one_address_tells_the_own_origin() {
    if is_here() {
        check(Ipv6Addr::LOCALHOST.into(), ROWS).await;
    }
}
