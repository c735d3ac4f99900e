//! The host of a target, by the URI and the `Host` header.

use http::{HeaderValue, Request, header};
use tower_cors::Target;

/// A name, the URI, the values of `Host`, and the host.
type Row = (&'static str, &'static str, &'static [&'static [u8]], Option<&'static str>);

const ROWS: [Row; 54] = [
    ("HTTP/1.1", "/", &[b"example.com"], Some("example.com")),
    ("HTTP/1.1 with port", "/", &[b"example.com:8080"], Some("example.com")),
    ("HTTP/1.1 with empty port", "/", &[b"example.com:"], Some("example.com")),
    ("upper case stays", "/", &[b"Example.COM"], Some("Example.COM")),
    ("dot at the end stays", "/", &[b"example.com."], Some("example.com.")),
    ("one label", "/", &[b"localhost:3000"], Some("localhost")),
    ("underscore", "/", &[b"my_app.example.com"], Some("my_app.example.com")),
    ("percent", "/", &[b"a%20b"], Some("a%20b")),
    ("IPv4", "/", &[b"127.0.0.1:3000"], Some("127.0.0.1")),
    ("IPv6", "/", &[b"[::1]"], Some("[::1]")),
    ("IPv6 with port", "/", &[b"[2001:db8::1]:8080"], Some("[2001:db8::1]")),
    ("of the whole server", "*", &[b"example.com"], Some("example.com")),
    ("no host", "/", &[], None),
    ("HTTP/2", "http://example.com/", &[], Some("example.com")),
    ("HTTP/2 with port", "https://example.com:8443/", &[], Some("example.com")),
    ("HTTP/2 to IPv6", "http://[::1]:80/", &[], Some("[::1]")),
    ("HTTP/2 with user", "http://user:word@example.com/", &[], Some("example.com")),
    ("HTTP/2 with a user like a host", "http://a.example@example.com/", &[], Some("example.com")),
    ("CONNECT", "example.com:443", &[], Some("example.com")),
    ("both", "http://example.com/", &[b"example.com"], Some("example.com")),
    ("both, in other cases", "http://EXAMPLE.com/", &[b"example.COM"], Some("example.COM")),
    ("both, the ports differ", "http://example.com:80/", &[b"example.com:81"], Some("example.com")),
    ("both IPv6", "http://[::1]/", &[b"[::1]:80"], Some("[::1]")),
    ("they disagree", "http://example.com/", &[b"evil.example"], None),
    ("they disagree by a subdomain", "http://example.com/", &[b"a.example.com"], None),
    ("they disagree by a dot", "http://example.com/", &[b"example.com."], None),
    ("they disagree by a spelling", "http://[::1]/", &[b"[0::1]"], None),
    ("absolute form with empty Host", "http://example.com/", &[b""], None),
    ("absolute form with junk for Host", "http://example.com/", &[b"example.com:x"], None),
    ("two hosts", "/", &[b"example.com", b"evil.example"], None),
    ("the same host twice", "/", &[b"example.com", b"example.com"], None),
    ("two hosts beside a URI", "http://example.com/", &[b"example.com", b"example.com"], None),
    ("empty", "/", &[b""], None),
    ("port alone", "/", &[b":80"], None),
    ("port alone in the URI", "http://:80/", &[], None),
    ("two ports", "/", &[b"example.com:80:80"], None),
    ("port that is none", "/", &[b"example.com:http"], None),
    ("signed port", "/", &[b"example.com:+80"], None),
    ("IPv6 without brackets", "/", &[b"::1"], None),
    ("open bracket", "/", &[b"[::1"], None),
    ("behind the bracket", "/", &[b"[::1]example.com"], None),
    ("nothing in brackets", "/", &[b"[]"], None),
    ("no address in brackets", "/", &[b"[example.com]"], None),
    ("no address in brackets of the URI", "http://[example.com]/", &[], None),
    ("zone", "/", &[b"[fe80::1%25eth0]"], None),
    ("list", "/", &[b"example.com, evil.example"], None),
    ("list without spaces", "/", &[b"example.com,evil.example"], None),
    ("list in the URI", "http://example.com,evil.example/", &[], None),
    ("user", "/", &[b"user@example.com"], None),
    ("path", "/", &[b"example.com/path"], None),
    ("query", "/", &[b"example.com?evil.example"], None),
    ("origin", "/", &[b"https://example.com"], None),
    ("white space", "/", &[b"example.com evil.example"], None),
    ("beyond ASCII", "/", &[b"ex\xc3\xa4mple.com"], None),
];

fn request(uri: &str, hosts: &[&[u8]]) -> Request<()> {
    let mut request = Request::builder().uri(uri).body(()).expect("a URI");
    for host in hosts {
        let host = HeaderValue::from_bytes(host).expect("a value");
        request.headers_mut().append(header::HOST, host);
    }
    request
}

#[test]
fn the_host_of_a_request() {
    for (name, uri, hosts, expected) in ROWS {
        let request = request(uri, hosts);
        assert_eq!(Target::from(&request).host(), expected, "{name}");
        let (parts, ()) = request.into_parts();
        assert_eq!(Target::from(&parts).host(), expected, "{name}, of parts");
    }
}

/// Only the URI and `Host` say it: what proxies add comes from anywhere.
#[test]
fn nothing_else_names_the_host() {
    for name in ["x-forwarded-host", "x-host", "x-original-host", "forwarded", "origin", "referer"]
    {
        let mut request = request("/", &[]);
        request.headers_mut().insert(name, HeaderValue::from_static("example.com"));
        assert_eq!(Target::from(&request).host(), None, "{name}");
        request.headers_mut().insert(header::HOST, HeaderValue::from_static("api.example.com"));
        assert_eq!(Target::from(&request).host(), Some("api.example.com"), "{name}");
    }
}

#[test]
fn every_byte_that_ends_a_host_elsewhere_makes_it_none() {
    for byte in (b' '..=b'~').filter(|byte| !byte.is_ascii_alphanumeric()) {
        let value = [b"exam", &[byte][..], b"ple"].concat();
        let host = std::str::from_utf8(&value).unwrap();
        let is_host = b"-._~%!$&'()*+;=".contains(&byte);
        let request = request("/", &[&value]);
        assert_eq!(Target::from(&request).host(), is_host.then_some(host));
    }
}

#[test]
fn a_target_shows_where_it_goes_and_no_header_or_extension() {
    let mut request = request("/users?page=2", &[b"example.com:80"]);
    request.headers_mut().insert(header::COOKIE, HeaderValue::from_static("secret"));
    request.extensions_mut().insert("secret");
    assert_eq!(
        format!("{:?}", Target::from(&request)),
        "Target { uri: /users?page=2, host: Some(\"example.com\"), .. }"
    );
}
