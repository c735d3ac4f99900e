//! Every fault of a pattern: what is said about it, and what to write instead.

use std::collections::BTreeSet;

use http::HeaderValue;
use tower_cors::{AllowOrigin, CorsLayer, OriginPattern, PatternError, Problem};

use crate::host_of;

/// Patterns with the same fault.
struct Fault {
    code: &'static str,
    wrong: &'static str,
    /// What to write where no correction can be told.
    instead: &'static str,
    rows: &'static [Row],
}

struct Row {
    pattern: &'static str,
    shown: &'static str,
    suggestion: Option<&'static str>,
}

const fn corrected(pattern: &'static str, suggestion: &'static str) -> Row {
    Row { pattern, shown: pattern, suggestion: Some(suggestion) }
}

const fn advised(pattern: &'static str) -> Row {
    Row { pattern, shown: pattern, suggestion: None }
}

impl Row {
    const fn shown(self, shown: &'static str) -> Self {
        Self { shown, ..self }
    }
}

impl Fault {
    fn text(&self, row: &Row) -> String {
        let Self { wrong, instead, .. } = self;
        match row.suggestion {
            Some(suggestion) => format!("\"{}\": {wrong}; write \"{suggestion}\"", row.shown),
            None => format!("\"{}\": {wrong}; {instead}", row.shown),
        }
    }
}

const WRITE_AN_ORIGIN: &str = "write scheme, host and port, such as \"https://example.com\"";

const ANY: &str = "write allow_origin(Any) alone, or patterns such as \"https://*.example.com\" with allow_origins";

/// Stands for what must not be shown.
const SECRET: &str = "hunter2";

const FAULTS: &[Fault] = &[
    Fault {
        code: "origin-any",
        wrong: "`*` is not one origin among others, it is all of them",
        instead: ANY,
        rows: &[advised("*")],
    },
    Fault {
        code: "origin-default-port",
        wrong: "browsers leave out the default port",
        instead: "leave it out too",
        rows: &[
            corrected("https://example.com:443", "https://example.com"),
            corrected("http://example.com:80", "http://example.com"),
            corrected("https://*.example.com:443", "https://*.example.com"),
            corrected("http://192.168.0.1:80", "http://192.168.0.1"),
            corrected("http://[::1]:80", "http://[::1]"),
            advised("https://*.127.0.0.1:443"),
        ],
    },
    Fault {
        code: "origin-empty",
        wrong: "an origin is never empty",
        instead: WRITE_AN_ORIGIN,
        rows: &[advised("")],
    },
    Fault {
        code: "origin-empty-label",
        wrong: "a host has no empty label",
        instead: "write a single dot between labels and none in front of them",
        rows: &[
            advised("https://.example.com"),
            advised("https://example..com"),
            advised("https://*..example.com"),
            advised("http://.localhost:3000"),
        ],
    },
    Fault {
        code: "origin-file",
        wrong: "pages opened from files have the origin `null`, as every sandboxed frame has",
        instead: "serve the page over http, such as \"http://localhost:8080\"",
        rows: &[
            advised("file://"),
            advised("file:///home/me/index.html"),
            advised("FILE://x"),
            advised("file:"),
        ],
    },
    Fault {
        code: "origin-fragment",
        wrong: "an origin has no fragment",
        instead: WRITE_AN_ORIGIN,
        rows: &[
            corrected("https://example.com#top", "https://example.com"),
            corrected("https://example.com#", "https://example.com"),
        ],
    },
    Fault {
        code: "origin-host-character",
        wrong: "a host has only the characters a-z, 0-9, `-`, `_` and `.`",
        instead: "write the host as browsers send it",
        rows: &[
            advised("https://exa$mple.com"),
            advised("https://exa%6dple.com"),
            advised("https://example.com;"),
            advised("https://exam\x1bple.com").shown("https://exam\\u{1b}ple.com"),
            advised("https://example.com\0").shown("https://example.com\\0"),
            advised("https://exam\x7fple.com").shown("https://exam\\u{7f}ple.com"),
        ],
    },
    Fault {
        code: "origin-ipv4",
        wrong: "a host that ends in a number is an IPv4 address, and this is not its canonical form",
        instead: "write four decimal numbers from 0 to 255 without leading zeros, such as \"http://127.0.0.1\"",
        rows: &[
            corrected("http://127.1", "http://127.0.0.1"),
            corrected("http://127.1:3000", "http://127.0.0.1:3000"),
            corrected("http://0x7f.1", "http://127.0.0.1"),
            corrected("http://0x7f000001", "http://127.0.0.1"),
            corrected("http://2130706433", "http://127.0.0.1"),
            corrected("http://127.0.0.01", "http://127.0.0.1"),
            // A part may have been forgotten, and octal may have been meant as decimal.
            advised("http://1.2.3"),
            advised("http://192.168.1.010"),
            corrected("http://127.255.1", "http://127.255.0.1"),
            advised("http://256.1.1.1"),
            advised("http://1.2.3.256"),
            advised("http://1.2.3.4.0"),
            advised("http://1.2.3.4.5"),
            advised("http://4294967296"),
            advised("http://example.1"),
            advised("http://example.0x1"),
            advised("https://*.1"),
        ],
    },
    Fault {
        code: "origin-ipv6",
        wrong: "this is not the canonical form of an IPv6 address",
        instead: "write it compressed, in lower case and in brackets, such as \"http://[::1]:3000\"",
        rows: &[
            corrected("http://[2001:0db8::1]", "http://[2001:db8::1]"),
            corrected("http://[0:0:0:0:0:0:0:1]:3000", "http://[::1]:3000"),
            corrected("http://[1::2:0:0:0:0:3]", "http://[1:0:2::3]"),
            corrected("http://[2001:db8::1:1:1:1:1]", "http://[2001:db8:0:1:1:1:1:1]"),
            corrected("http://[::127.0.0.1]", "http://[::7f00:1]"),
            corrected("http://[::ffff:127.0.0.1]", "http://[::ffff:7f00:1]"),
            advised("http://::1"),
            advised("http://::1:3000"),
            advised("http://2001:db8::1"),
            advised("http://[::1"),
            advised("http://[fe80::1%25eth0]"),
            advised("http://[fe80::1%eth0]"),
            advised("http://[localhost]"),
            advised("http://[]"),
        ],
    },
    Fault {
        code: "origin-list",
        wrong: "this is a list in one text",
        instead: "write each origin as a text of its own",
        rows: &[
            advised("https://example.com;https://example.org"),
            advised("https://example.com|https://example.org"),
            advised("https://example.com,https://example.org"),
            advised("https://example.com, https://example.org"),
            // A correction would leave out the second.
            advised("https://example.com/,https://example.org/"),
            advised("http://localhost:{3000,3001}"),
            advised("*,https://example.com"),
            advised("null,null"),
            advised(","),
        ],
    },
    Fault {
        code: "origin-misplaced-wildcard",
        wrong: "`*` stands only for whole labels in front of a host, or for a port",
        instead: "write it as in \"https://*.example.com\" or \"http://localhost:*\"",
        rows: &[
            advised("*://example.com"),
            advised("https://*"),
            advised("http://*:3000"),
            advised("http://*:*"),
            advised("https://*.*.com"),
            advised("https://*.*.example.com"),
            advised("https://a*.com"),
            advised("https://*a.example.com"),
            advised("https://*example.com"),
            advised("https://**.example.com"),
            advised("https://app.*.example.com"),
            advised("https://example.*"),
            advised("https://example.com*"),
            advised("http://localhost:30*"),
            advised("http://localhost:**"),
            advised("http://192.168.1.*:3000"),
            advised("chrome-extension://*"),
        ],
    },
    Fault {
        code: "origin-missing-scheme",
        wrong: "an origin begins with its scheme and `://`",
        instead: WRITE_AN_ORIGIN,
        rows: &[
            corrected("example.com", "https://example.com"),
            corrected("app.example.com:8443", "https://app.example.com:8443"),
            corrected("example.com:443", "https://example.com"),
            corrected("Example.com", "https://example.com"),
            corrected("*.example.com", "https://*.example.com"),
            corrected("//example.com", "https://example.com"),
            corrected("https:example.com", "https://example.com"),
            corrected("https:/example.com", "https://example.com"),
            corrected("https//example.com", "https://example.com"),
            corrected("localhost", "http://localhost"),
            corrected("localhost:3000", "http://localhost:3000"),
            corrected("localhost:*", "http://localhost:*"),
            corrected("*.localhost:3000", "http://*.localhost:3000"),
            corrected("127.0.0.1:3000", "http://127.0.0.1:3000"),
            corrected("[::1]:3000", "http://[::1]:3000"),
            corrected("user:hunter2@example.com:8443/", "https://example.com:8443")
                .shown("…@example.com:8443/"),
            advised("all"),
            advised("none"),
            advised("NULL"),
            advised("https"),
            advised("https:"),
            advised("::1"),
            advised("\x7f").shown("\\u{7f}"),
        ],
    },
    Fault {
        code: "origin-mistyped-scheme",
        wrong: "the scheme looks like a misspelt http or https",
        instead: WRITE_AN_ORIGIN,
        rows: &[
            corrected("htp://example.com", "http://example.com"),
            corrected("hhtp://example.com", "http://example.com"),
            corrected("httq://example.com", "http://example.com"),
            corrected("htttp://example.com:8080", "http://example.com:8080"),
            corrected("htps://example.com", "https://example.com"),
            corrected("httpss://example.com", "https://example.com"),
            corrected("ttps://example.com", "https://example.com"),
            corrected("HTPS://Example.com/", "https://example.com"),
            // Whoever writes an s means the secure one.
            corrected("httsp://example.com", "https://example.com"),
            corrected("shttp://example.com", "https://example.com"),
            corrected("http*://example.com", "https://example.com"),
            corrected("htps://user:hunter2@example.com", "https://example.com")
                .shown("htps://…@example.com"),
            advised("htps://example..com"),
        ],
    },
    Fault {
        code: "origin-no-host",
        wrong: "an origin has a host",
        instead: WRITE_AN_ORIGIN,
        rows: &[
            advised("https://"),
            advised("https://:8443"),
            advised("https://*."),
            advised("https://."),
            advised("https:///"),
            advised("https://#top"),
            advised("https://?q=1"),
            advised("capacitor://"),
        ],
    },
    Fault {
        code: "origin-null",
        wrong: "`null` is the origin of every sandboxed frame, so anyone can have it",
        instead: "leave it out, or if every site may read what you serve, write dangerously_allow_origins([\"null\"])",
        rows: &[advised("null")],
    },
    Fault {
        code: "origin-opaque-scheme",
        wrong: "pages of this scheme send no origin of their own",
        instead: "write the http or https origin that they are made by",
        rows: &[
            advised("ftp://example.com"),
            advised("ftp://user:hunter2@example.com").shown("ftp://…@example.com"),
            advised("blob:https://example.com/6cb3d8ae"),
            advised("blob://example.com"),
            advised("data:text/html"),
            advised("about:blank"),
            advised("javascript:alert(1)"),
            advised("filesystem:https://example.com/temporary"),
        ],
    },
    Fault {
        code: "origin-path",
        wrong: "an origin has no path",
        instead: WRITE_AN_ORIGIN,
        rows: &[
            corrected("https://example.com/login", "https://example.com"),
            corrected("https://example.com/a/b/?q#f", "https://example.com"),
            corrected("https://example.com/*", "https://example.com"),
            corrected("https://example.com//", "https://example.com"),
            corrected("https://example.com\\login", "https://example.com")
                .shown("https://example.com\\\\login"),
            corrected("https://https://example.com", "https://example.com"),
            advised("https://*/login"),
        ],
    },
    Fault {
        code: "origin-port",
        wrong: "a port is a number from 1 to 65535 without leading zeros",
        instead: "write such a number, or `*` for any port",
        rows: &[
            advised("https://example.com:8443:8444"),
            corrected("https://example.com:", "https://example.com"),
            corrected("https://example.com:08443", "https://example.com:8443"),
            corrected("https://example.com:0443", "https://example.com"),
            advised("https://example.com:0"),
            advised("https://example.com:65536"),
            advised("https://example.com:99999999999999999999"),
            advised("https://example.com:https"),
            advised("https://example.com:80a"),
            advised("https://example.com:-1"),
            advised("https://example.com:+80"),
            advised("http://localhost:3000-3010"),
            advised("tauri://localhost:0"),
        ],
    },
    Fault {
        code: "origin-query",
        wrong: "an origin has no query",
        instead: WRITE_AN_ORIGIN,
        rows: &[
            corrected("https://example.com?q=1", "https://example.com"),
            corrected("https://example.com?", "https://example.com"),
        ],
    },
    Fault {
        code: "origin-quotes",
        wrong: "quotes are no part of an origin",
        instead: "write the origin without them",
        rows: &[
            corrected("\"https://example.com\"", "https://example.com")
                .shown("\\\"https://example.com\\\""),
            corrected("'https://example.com/'", "https://example.com"),
            advised("https://exam'ple.com"),
        ],
    },
    Fault {
        code: "origin-scheme",
        wrong: "a scheme is a letter followed by letters, digits, `+`, `-` and `.`",
        instead: WRITE_AN_ORIGIN,
        rows: &[
            advised("my_app://localhost"),
            advised("-app://localhost"),
            advised("://example.com"),
        ],
    },
    Fault {
        code: "origin-trailing-dot",
        wrong: "a host does not end with a dot",
        instead: "leave out the dot",
        rows: &[
            corrected("https://example.com.", "https://example.com"),
            corrected("https://*.example.com.:8443", "https://*.example.com:8443"),
            corrected("http://127.0.0.1.", "http://127.0.0.1"),
        ],
    },
    Fault {
        code: "origin-trailing-slash",
        wrong: "an origin has no slash at its end",
        instead: "leave out the slash",
        rows: &[
            corrected("https://example.com/", "https://example.com"),
            corrected("https://Example.com:443/", "https://example.com"),
            corrected("http://localhost:3000/", "http://localhost:3000"),
            corrected("https://*.example.com/", "https://*.example.com"),
            corrected("tauri://localhost/", "tauri://localhost"),
            // Under an app's scheme this is no address but a name.
            corrected("app://127.1/", "app://127.1"),
            advised("https://*.*.com/"),
        ],
    },
    Fault {
        code: "origin-unicode",
        wrong: "browsers send host names in ASCII",
        instead: "write the host in punycode, each label that needs it as `xn--…`",
        rows: &[
            advised("https://bücher.example"),
            advised("https://例え.テスト"),
            advised("https://example。com"),
            // Cyrillic letters that look like Latin ones.
            advised("https://ехаmple.com"),
            advised("https://exa\u{200b}mple.com").shown("https://exa\\u{200b}mple.com"),
            advised("https://\u{202e}moc.elpmaxe").shown("https://\\u{202e}moc.elpmaxe"),
            advised("https://user:hunter2@bücher.example").shown("https://…@bücher.example"),
        ],
    },
    Fault {
        code: "origin-upper-case",
        wrong: "browsers send origins in lower case",
        instead: "write it in lower case",
        rows: &[
            corrected("https://Example.com", "https://example.com"),
            corrected("HTTPS://example.com", "https://example.com"),
            corrected("https://*.EXAMPLE.com:*", "https://*.example.com:*"),
            corrected("http://[2001:DB8::1]", "http://[2001:db8::1]"),
            corrected("tauri://LocalHost", "tauri://localhost"),
            advised("https://Exa$mple.com"),
        ],
    },
    Fault {
        code: "origin-userinfo",
        wrong: "an origin has no user name and no password",
        instead: "leave out all up to the `@`",
        rows: &[
            corrected("https://user@example.com", "https://example.com")
                .shown("https://…@example.com"),
            corrected("https://user:hunter2@example.com", "https://example.com")
                .shown("https://…@example.com"),
            corrected("https://user:hunter2@hunter2@example.com/", "https://example.com")
                .shown("https://…@example.com/"),
            corrected("https://:hunter2@Example.com:443", "https://example.com")
                .shown("https://…@Example.com:443"),
            corrected("https://@example.com", "https://example.com"),
            corrected("app://user:hunter2@localhost", "app://localhost").shown("app://…@localhost"),
            advised("https://user:hunter2@").shown("https://…@"),
        ],
    },
    Fault {
        code: "origin-web-socket-scheme",
        wrong: "a WebSocket handshake carries the origin of its page, which is http or https",
        instead: WRITE_AN_ORIGIN,
        rows: &[
            corrected("ws://localhost:3000", "http://localhost:3000"),
            corrected("wss://example.com", "https://example.com"),
            corrected("wss://*.example.com:443/socket", "https://*.example.com"),
            advised("wss://"),
        ],
    },
    Fault {
        code: "origin-whitespace",
        wrong: "an origin has no white space",
        instead: "write each origin as a text of its own, without spaces",
        rows: &[
            corrected(" https://example.com", "https://example.com"),
            corrected("https://example.com ", "https://example.com"),
            corrected("https://example.com\n", "https://example.com")
                .shown("https://example.com\\n"),
            corrected("\thttps://example.com\r\n", "https://example.com")
                .shown("\\thttps://example.com\\r\\n"),
            corrected("https://user:hunter2@example.com ", "https://example.com")
                .shown("https://…@example.com "),
            advised("https:// example.com"),
            advised("https://exa mple.com"),
            advised("https://exam\tple.com").shown("https://exam\\tple.com"),
            advised("https://example.com https://example.org"),
            // A correction would leave out the second.
            advised("https://example.com/ https://example.org/"),
            advised(" "),
        ],
    },
    Fault {
        code: "origin-wildcard-in-app",
        wrong: "wildcards stand only under http and https",
        instead: "write each origin of an app in full",
        rows: &[advised("tauri://*.localhost"), advised("tauri://localhost:*")],
    },
    Fault {
        code: "origin-wildcard-over-ip",
        wrong: "an IP address has no subdomains",
        instead: "write each address in full",
        rows: &[advised("https://*.127.0.0.1"), advised("http://*.[::1]:3000")],
    },
];

/// Those whose text is made here.
const LONG: [&str; 3] = ["origin-long-host", "origin-long-label", "origin-too-long"];

const LITERAL: &str = "origin-wildcard-in-literal";

#[test]
fn every_fault_is_told() {
    for fault in FAULTS {
        for row in fault.rows {
            let error = error(row.pattern);
            assert_eq!(error.to_string(), fault.text(row));
            assert_eq!(error.code(), fault.code, "{error}");
            assert_eq!(error.value(), row.shown, "{error}");
            assert_eq!(error.suggestion(), row.suggestion, "{error}");
        }
    }
}

#[test]
fn the_layer_tells_the_same() {
    for fault in FAULTS {
        for row in fault.rows {
            let patterns = ["https://valid.example", row.pattern];
            let problem = problem(&CorsLayer::new().allow_origins(patterns));
            assert_eq!(problem.to_string(), format!("allow_origins {}", fault.text(row)));
            assert_eq!(problem.code(), fault.code, "{problem}");
            assert_eq!(problem.value(), Some(row.shown), "{problem}");
            assert_eq!(problem.suggestion(), row.suggestion, "{problem}");
        }
    }
}

#[test]
fn a_text_is_one_line_without_secrets() {
    let wrong = FAULTS.iter().flat_map(|fault| fault.rows).map(|row| row.pattern);
    // Where it is not clear what the user name and the password are.
    let unclear = [
        "//user:hunter2@example.com",
        "https:/user:hunter2@example.com",
        "https://user:hunter2/hunter2@example.com",
        "https://example.org,https://user:hunter2@example.com",
        "https://user:hunter2@example.com,https://user:hunter2@example.org",
        "https://example.com/path,user:hunter2@example.com",
        "https://user:hunter2#hunter2@example.com",
        "https://user:hunter2?hunter2@example.com",
        "https://user:hunter2\\hunter2@example.com",
        "https:\\\\user:hunter2@example.com",
        "\"https://user:hunter2@example.com\"",
        "https://user:hun\nter2@example.com",
        "mailto:user:hunter2@example.com",
        "user:hunter2@example.com,https://example.org",
    ];
    for pattern in wrong.chain(unclear) {
        let error = error(pattern);
        for text in [error.to_string(), format!("{error:?}")] {
            assert!(!text.contains(char::is_control), "{text:?}");
            assert!(!text.contains(SECRET), "{text}");
        }
    }
}

#[test]
fn a_suggestion_is_a_valid_pattern() {
    let rows = FAULTS.iter().flat_map(|fault| fault.rows);
    let suggestions: Vec<_> =
        rows.filter_map(|row| error(row.pattern).suggestion().map(str::to_owned)).collect();
    assert!(suggestions.len() > 50);
    for suggestion in suggestions {
        assert!(suggestion.parse::<OriginPattern>().is_ok(), "{suggestion}");
    }
}

#[test]
fn every_code_has_its_row() {
    let rows = FAULTS.iter().filter(|fault| !fault.rows.is_empty()).map(|fault| fault.code);
    let seen: BTreeSet<&str> = rows.chain(LONG).chain([LITERAL]).collect();
    let all = BTreeSet::from([
        "origin-any",
        "origin-default-port",
        "origin-empty",
        "origin-empty-label",
        "origin-file",
        "origin-fragment",
        "origin-host-character",
        "origin-ipv4",
        "origin-ipv6",
        "origin-list",
        "origin-long-host",
        "origin-long-label",
        "origin-misplaced-wildcard",
        "origin-missing-scheme",
        "origin-mistyped-scheme",
        "origin-no-host",
        "origin-null",
        "origin-opaque-scheme",
        "origin-path",
        "origin-port",
        "origin-query",
        "origin-quotes",
        "origin-scheme",
        "origin-too-long",
        "origin-trailing-dot",
        "origin-trailing-slash",
        "origin-unicode",
        "origin-upper-case",
        "origin-userinfo",
        "origin-web-socket-scheme",
        "origin-whitespace",
        "origin-wildcard-in-app",
        "origin-wildcard-in-literal",
        "origin-wildcard-over-ip",
    ]);
    assert_eq!(seen, all);
}

#[test]
fn the_longest_names_may_still_end_with_a_dot_too_many() {
    for host in [host_of(252), format!("{}.com", "a".repeat(63))] {
        let error = error(&format!("https://{host}."));
        assert_eq!(error.code(), "origin-trailing-dot");
        assert_eq!(error.suggestion(), Some(&*format!("https://{host}")));
    }
}

#[test]
fn what_is_too_long_is_cut() {
    let host = "write the host as browsers send it";
    let origin = "write the origin as browsers send it";
    let rows = [
        (
            format!("https://{}", host_of(254)),
            format!("\"https://{}…\": a host has at most 253 bytes; {host}", &host_of(254)[..200]),
        ),
        (
            format!("https://{}.com", "a".repeat(64)),
            format!(
                "\"https://{}.com\": a label of a host has at most 63 bytes; {host}",
                "a".repeat(64)
            ),
        ),
        (
            format!("{}://{}", "s".repeat(71), host_of(253)),
            format!(
                "\"{}://{}…\": an origin has at most 326 bytes; {origin}",
                "s".repeat(71),
                &host_of(253)[..200]
            ),
        ),
    ];
    for ((pattern, text), code) in rows.into_iter().zip(LONG) {
        let error = error(&pattern);
        assert_eq!(error.to_string(), text);
        assert_eq!(error.code(), code);
        assert_eq!(error.suggestion(), None, "{error}");
    }
}

#[test]
fn no_text_is_longer_than_a_screen() {
    let long = "x".repeat(100_000);
    for pattern in [
        long.clone(),
        format!("https://{long}"),
        format!("{long}://example.com"),
        format!("https://example.com/{long}"),
        format!("https://{long}@example.com"),
        format!("https://example.com:{}", "1".repeat(100_000)),
        "\0".repeat(100_000),
        "é".repeat(100_000),
    ] {
        let text = error(&pattern).to_string();
        assert!(text.len() < 2_000, "{} bytes: {}", text.len(), &text[..200]);
    }
}

#[test]
fn a_wildcard_in_a_literal_is_told_where_it_belongs() {
    let header = HeaderValue::from_static;
    const EXAMPLE: &str = "patterns as strings, with allow_origins([\"https://*.example.com\"])";
    const LOCALHOST: &str = "it as a string, with allow_origins([\"http://localhost:*\"])";
    const SUBDOMAINS: &str = "it as a string, with allow_origins([\"https://*.example.org\"])";
    for (origin, shown, instead) in [
        (AllowOrigin::exact(header("https://*.example.org")), "https://*.example.org", SUBDOMAINS),
        (AllowOrigin::exact(header("http://localhost:*")), "http://localhost:*", LOCALHOST),
        (AllowOrigin::from([header("https://*")]), "https://*", EXAMPLE),
        (AllowOrigin::from(vec![header("https://example.com"), header("**")]), "**", EXAMPLE),
        (AllowOrigin::fixed(header("https://*.example.org")), "https://*.example.org", SUBDOMAINS),
    ] {
        let problem = problem(&CorsLayer::new().allow_origin(origin));
        assert_eq!(
            problem.to_string(),
            format!(
                "allow_origin \"{shown}\": a header value is taken literally, and no browser \
                 sends a `*`; write {instead}"
            )
        );
        assert_eq!(problem.code(), LITERAL);
        assert_eq!(problem.suggestion(), None);
    }
}

#[test]
fn any_origin_is_no_literal_among_others() {
    let header = HeaderValue::from_static;
    for origin in [
        AllowOrigin::list([header("*")]),
        AllowOrigin::from([header("*"), header("https://example.com")]),
        AllowOrigin::from(vec![header("https://example.com"), header("*")]),
        AllowOrigin::fixed(header("*")),
    ] {
        let problem = problem(&CorsLayer::new().allow_origin(origin));
        assert_eq!(
            problem.to_string(),
            format!(
                "allow_origin \"*\": `*` is not one origin among others, it is all of them; {ANY}"
            )
        );
        assert_eq!(problem.code(), "origin-any");
        assert_eq!(problem.suggestion(), None);
    }
}

#[test]
fn a_literal_is_checked_as_a_pattern_is() {
    for (origin, text) in [
        (
            &b"https://example.com/"[..],
            "allow_origin \"https://example.com/\": an origin has no slash at its end; \
             write \"https://example.com\"",
        ),
        (
            b"null",
            "allow_origin \"null\": `null` is the origin of every sandboxed frame, so anyone can \
             have it; leave it out, or if every site may read what you serve, write \
             dangerously_allow_origins([\"null\"])",
        ),
        (
            b"https://b\xfccher.example",
            "allow_origin \"https://b\u{fffd}cher.example\": browsers send host names in ASCII; \
             write the host in punycode, each label that needs it as `xn--…`",
        ),
        (
            b"https://example.com\xff,",
            "allow_origin \"https://example.com\u{fffd},\": this is a list in one text; \
             write each origin as a text of its own",
        ),
    ] {
        let origin = HeaderValue::from_bytes(origin).unwrap();
        for allow in [
            AllowOrigin::exact(origin.clone()),
            AllowOrigin::list([origin.clone()]),
            AllowOrigin::fixed(origin),
        ] {
            assert_eq!(problem(&CorsLayer::new().allow_origin(allow)).to_string(), text);
        }
    }
}

#[test]
fn an_error_is_an_error() {
    fn parse(text: &str) -> Result<OriginPattern, Box<dyn std::error::Error + Send + Sync>> {
        Ok(text.parse::<OriginPattern>()?)
    }
    assert_eq!(
        parse("https://example.com/").unwrap_err().to_string(),
        "\"https://example.com/\": an origin has no slash at its end; write \"https://example.com\""
    );
    assert!(parse("https://example.com").is_ok());
}

fn error(pattern: &str) -> PatternError {
    match pattern.parse::<OriginPattern>() {
        Ok(pattern) => panic!("{pattern} is valid"),
        Err(error) => error,
    }
}

/// The one problem that a layer has.
fn problem(layer: &CorsLayer) -> Problem {
    let error = layer.clone().build().expect_err("the layer has a problem");
    match error.problems() {
        [problem] => problem.clone(),
        _ => panic!("{error}"),
    }
}
