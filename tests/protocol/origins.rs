//! What a serialized origin is: everything else matches nothing, is not mirrored and not shown.

use tower_cors::{AllowOrigin, Any, CorsLayer, Denial};

use crate::harness::{ACAO, Row, VARY, actual, answers, check, preflight, runs};

/// 253 bytes: three labels of 63 and one of 61.
fn host() -> String {
    let label = "a".repeat(63);
    format!("{label}.{label}.{label}.{}", "a".repeat(61))
}

fn valid() -> Vec<String> {
    let mut valid: Vec<_> = [
        "https://example.com",
        "http://example.com",
        "http://localhost",
        "http://localhost:3000",
        "https://a.b.c.d.e.f.g.h.example.com",
        "https://a_b.example.com",
        "https://_dmarc.example.com",
        "https://-a.example.com",
        "https://a-.example.com",
        "https://a--b.example.com",
        "https://xn--bcher-kva.example",
        "https://1.example",
        "https://1e100.net",
        "https://example.com:1",
        "https://example.com:80",
        "https://example.com:444",
        "https://example.com:8443",
        "https://example.com:65535",
        "http://example.com:443",
        "http://example.com:8080",
        "https://127.0.0.1",
        "http://0.0.0.0",
        "http://255.255.255.255:8080",
        "http://[::1]",
        "http://[::]",
        "http://[::1]:3000",
        "https://[2001:db8::1]",
        "https://[2001:db8:1:2:3:4:5:6]",
        "https://[2001:db8:0:1:1:1:1:1]",
        "https://[2001:db8::1:0:0:1]",
        "https://[1::]",
        "https://[::ffff:102:304]:8443",
        "https://[fe80::1:2]",
        "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
        "moz-extension://0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
        "safari-web-extension://5d1b1c9e-0000-4000-8000-000000000000",
        "capacitor://localhost",
        "tauri://localhost",
        "ionic://localhost",
        "vscode-webview://0abc",
        "x+y.z-1://host",
        "a://b",
        "tauri://localhost:80",
    ]
    .map(str::to_owned)
    .into();
    valid.extend([
        format!("https://{}.example", "a".repeat(63)),
        format!("https://{}", host()),
        format!("https://{}:65535", host()),
        format!("{}://{}:65535", "s".repeat(64), host()),
    ]);
    valid
}

fn malformed() -> Vec<Vec<u8>> {
    let mut malformed: Vec<Vec<u8>> = [
        &b""[..],
        b" ",
        b"*",
        b"NULL",
        b"Null",
        b"null ",
        b" null",
        b"null, null",
        b"nul",
        b"nulll",
        b"garbage",
        b"example.com",
        b"//example.com",
        b"://example.com",
        b"https",
        b"https:",
        b"https:/",
        b"https://",
        b"https:example.com",
        b"https:/example.com",
        b"https:///example.com",
        b"https//example.com",
        b"https://example.com/",
        b"https://example.com/path",
        b"https://example.com?",
        b"https://example.com#",
        b"https://example.com\\",
        b"https://user@example.com",
        b"https://user:pass@example.com",
        b"https://@example.com",
        b"HTTPS://example.com",
        b"Https://example.com",
        b"https://Example.com",
        b"https://EXAMPLE.COM",
        b"https://example.com.",
        b"https://example..com",
        b"https://.example.com",
        b"https://.",
        b"https://*.example.com",
        b"https://exam*ple.com",
        b"https://example.com:*",
        b"https://example.com:",
        b"https://example.com:0",
        b"https://example.com:00",
        b"https://example.com:080",
        b"https://example.com:08443",
        b"https://example.com:443",
        b"http://example.com:80",
        b"ws://example.com:80",
        b"wss://example.com:443",
        b"ftp://example.com:21",
        b"https://example.com:65536",
        b"https://example.com:99999",
        b"https://example.com:123456",
        b"https://example.com:18446744073709551617",
        b"https://example.com:-1",
        b"https://example.com:+1",
        b"https://example.com: 1",
        b"https://example.com:a",
        b"https://example.com:80:80",
        b"https://:8443",
        b"1https://example.com",
        b"-a://example.com",
        b"a_b://example.com",
        b"ht tp://example.com",
        b"https ://example.com",
        b"https:// example.com",
        b" https://example.com",
        b"https://example.com ",
        b"\thttps://example.com",
        b"https://example.com\t",
        b"https://exam ple.com",
        b"https://example.com,https://example.com",
        b"https://example.com, https://app.example.com",
        b"https://app.example.com,",
        b"https://app.example.com https://evil.example",
        b"https://app.example.com;",
        b"https://b\xc3\xbccher.example",
        b"https://b\xfccher.example",
        b"\xff",
        b"https://app.example.com\xff",
        b"https://app.example.com\x80",
        b"https://b%C3%BCcher.example",
        b"https://example%2ecom",
        b"https://example.com%",
        b"https://a!b.example",
        b"https://a$b.example",
        b"https://a&b.example",
        b"https://a'b.example",
        b"https://a(b).example",
        b"https://a+b.example",
        b"https://a~b.example",
        b"https://{a}.example",
        b"https://a\"b.example",
        b"https://a`b.example",
        b"https://256.0.0.1",
        b"https://1.2.3",
        b"https://127.1",
        b"https://2130706433",
        b"https://1.2.3.4.5",
        b"https://01.2.3.4",
        b"https://127.0.0.01",
        b"https://0x7f.0.0.1",
        b"https://127.0.0.0x1",
        b"https://127.0.0.1.",
        b"https://::1",
        b"https://[]",
        b"https://[::1",
        b"https://::1]",
        b"https://[:1]",
        b"https://[1]",
        b"https://[:::]",
        b"https://[::0]",
        b"https://[::01]",
        b"https://[::FFFF:1:2]",
        b"https://[2001:DB8::1]",
        b"https://[2001:db8::0:1]",
        b"https://[2001:db8:0:0:0:0:0:1]",
        b"https://[0:0:0:0:0:0:0:1]",
        b"https://[2001:db8::1:1:1:1:1]",
        b"https://[2001:db8:0:0:1::1]",
        b"https://[::ffff:1.2.3.4]",
        b"https://[1:2:3:4:5:6:7:8:9]",
        b"https://[1::2::3]",
        b"https://[fe80::1%25eth0]",
        b"https://[fe80::1%eth0]",
        b"https://[::g]",
        b"https://[::1]a",
        b"https://[::1]:",
        b"https://[::1]:443",
        b"https://[v1.a]",
        b"https://a[::1]",
        b"file://",
        b"file:///",
        b"about:blank",
        b"data:text/html",
        b"blob:https://example.com",
        b"urn:uuid:1",
        b"capacitor://",
        b"chrome-extension://Abc",
    ]
    .map(<[u8]>::to_vec)
    .into();
    malformed.extend([
        format!("https://{}.example", "a".repeat(64)).into(),
        format!("https://a{}", host()).into(),
        format!("https://{}.a", host()).into(),
        format!("{}://{}:65535", "s".repeat(65), host()).into(),
        format!("{}://example.com", "s".repeat(400)).into(),
        format!("https://{}", "a.".repeat(100_000)).into(),
        "a".repeat(1 << 20).into(),
    ]);
    malformed
}

fn named(what: &str, origin: &[u8]) -> String {
    let shown: String = origin.escape_ascii().to_string().chars().take(80).collect();
    format!("{what} ({} bytes): {shown}", origin.len())
}

pub(crate) fn rows() -> Vec<Row> {
    let mirror = || CorsLayer::new().allow_origin(AllowOrigin::mirror_request());
    let asked = || CorsLayer::new().allow_origin(AllowOrigin::predicate(|_, _| true));
    let mut rows = vec![];
    for (policy, config) in [("mirror", mirror()), ("predicate", asked())] {
        for origin in valid() {
            let lines = [(ACAO, &origin[..]), VARY];
            let name = named(&format!("serialized, {policy}"), origin.as_bytes());
            rows.push(
                Row::new(name, config.clone(), actual(&origin), runs(&lines)).covers(&["S3", "S4"]),
            );
        }
        for origin in malformed() {
            let name = named(&format!("not serialized, {policy}"), &origin);
            let denied = runs(&[VARY]).denied(Denial::OriginMalformed);
            rows.push(
                Row::new(name, config.clone(), actual(&origin), denied)
                    .covers(&["S4", "S20", "D7b"]),
            );
        }
        rows.push(
            Row::new(
                format!("null, {policy}"),
                config,
                actual("null"),
                runs(&[VARY]).denied(Denial::OriginNull),
            )
            .covers(&["S7", "D7b"]),
        );
    }
    for origin in malformed() {
        let name = named("not serialized, very permissive preflight", &origin);
        let all = "origin, access-control-request-method, access-control-request-headers";
        let denied = answers(403, &[("vary", all)]).denied(Denial::OriginMalformed);
        rows.push(
            Row::new(name, CorsLayer::very_permissive(), preflight(&origin, "PUT"), denied)
                .covers(&["S20", "D7b"]),
        );
        let name = named("not serialized, any", &origin);
        let config = CorsLayer::new().allow_origin(Any);
        rows.push(Row::new(name, config, actual(&origin), runs(&[(ACAO, "*")])));
    }
    rows
}

#[test]
fn origins() {
    check(&rows());
}
