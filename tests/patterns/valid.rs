//! Every form of a pattern, with origins that it matches and near ones that it does not.

use http::HeaderValue;
use tower_cors::CorsLayer;

use crate::{allowed_origin, host_of, pattern, set};

struct Row {
    pattern: &'static str,
    matches: &'static [&'static str],
    not: &'static [&'static str],
}

const ROWS: &[Row] = &[
    Row {
        pattern: "https://example.com",
        matches: &["https://example.com"],
        not: &[
            "http://example.com",
            "https://example.com:8443",
            "https://example.com:443",
            "https://www.example.com",
            "https://example.com/",
            "https://example.com.",
            "https://Example.com",
            "https://example.co",
            "https://example.comm",
            "https://example.com.evil.example",
            "null",
            "",
        ],
    },
    Row {
        pattern: "http://example.com:8080",
        matches: &["http://example.com:8080"],
        not: &[
            "http://example.com",
            "http://example.com:80",
            "http://example.com:808",
            "http://example.com:08080",
            "http://example.com:80801",
            "https://example.com:8080",
        ],
    },
    Row {
        pattern: "https://example.com:1",
        matches: &["https://example.com:1"],
        not: &["https://example.com:01", "https://example.com:10", "https://example.com"],
    },
    Row {
        pattern: "https://example.com:65535",
        matches: &["https://example.com:65535"],
        not: &["https://example.com:65536", "https://example.com:6553"],
    },
    Row {
        pattern: "http://example.com:443",
        matches: &["http://example.com:443"],
        not: &["https://example.com", "http://example.com"],
    },
    Row {
        pattern: "https://*.example.com",
        matches: &[
            "https://app.example.com",
            "https://a.b.example.com",
            "https://a.b.c.d.e.f.example.com",
            "https://-.example.com",
            "https://_dmarc.example.com",
            "https://xn--bcher-kva.example.com",
            "https://1.example.com",
            "https://example.com.example.com",
        ],
        not: &[
            "https://example.com",
            "https://xexample.com",
            "https://x-example.com",
            "https://.example.com",
            "https://a..example.com",
            "https://..example.com",
            "https://*.example.com",
            "https://App.example.com",
            "https://app.example.com:8443",
            "https://app.example.com:443",
            "https://app.example.com.",
            "https://app.example.com/",
            "https://app.example.com.evil.example",
            "https://app.example.org",
            "http://app.example.com",
            "https://user@app.example.com",
            "https://evil.example/.example.com",
            "https://evil.example?.example.com",
            "https://evil.example#.example.com",
            "https://evil.example\\.example.com",
            "https://evil.example,https://app.example.com",
            "https://evil.example https://app.example.com",
            "https://b\u{fc}cher.example.com",
            "https://%61.example.com",
        ],
    },
    Row {
        pattern: "http://*.example.com:8080",
        matches: &["http://app.example.com:8080", "http://a.b.example.com:8080"],
        not: &[
            "http://example.com:8080",
            "http://app.example.com",
            "http://app.example.com:8081",
            "https://app.example.com:8080",
        ],
    },
    Row {
        pattern: "https://*.com",
        matches: &["https://example.com", "https://www.example.com"],
        not: &["https://com", "https://example.community", "https://example.com.org"],
    },
    Row {
        pattern: "http://localhost:*",
        matches: &[
            "http://localhost",
            "http://localhost:1",
            "http://localhost:443",
            "http://localhost:3000",
            "http://localhost:65535",
        ],
        not: &[
            "http://localhost.evil.com",
            "http://localhost:80",
            "http://localhost:080",
            "http://localhost:0",
            "http://localhost:65536",
            "http://localhost:",
            "http://localhost:*",
            "http://localhost:3000/",
            "http://localhost:3000:3000",
            "http://localhost:evil.com",
            "http://localhost:3000@evil.com",
            "http://app.localhost:3000",
            "https://localhost:3000",
        ],
    },
    Row {
        pattern: "https://localhost:*",
        matches: &["https://localhost", "https://localhost:80", "https://localhost:8443"],
        not: &["https://localhost:443", "http://localhost"],
    },
    Row {
        pattern: "https://*.example.com:*",
        matches: &[
            "https://app.example.com",
            "https://app.example.com:8443",
            "https://a.b.example.com:80",
        ],
        not: &[
            "https://example.com",
            "https://example.com:8443",
            "https://app.example.com:443",
            "https://app.example.com:00",
            "https://xexample.com:8443",
            "https://.example.com:8443",
            "http://app.example.com:8443",
        ],
    },
    Row {
        pattern: "http://*.localhost:*",
        matches: &["http://app.localhost", "http://a.b.localhost:3000"],
        not: &["http://localhost:3000", "http://app.localhost:80", "https://app.localhost"],
    },
    Row {
        pattern: "tauri://localhost",
        matches: &["tauri://localhost"],
        not: &[
            "tauri://localhost:80",
            "tauri://localhos",
            "https://localhost",
            "capacitor://localhost",
        ],
    },
    Row {
        pattern: "ionic://localhost:80",
        matches: &["ionic://localhost:80"],
        not: &["ionic://localhost", "http://localhost"],
    },
    Row {
        pattern: "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
        matches: &["chrome-extension://abcdefghijklmnopabcdefghijklmnop"],
        not: &[
            "chrome-extension://abcdefghijklmnopabcdefghijklmnoa",
            "moz-extension://abcdefghijklmnopabcdefghijklmnop",
        ],
    },
    Row {
        pattern: "moz-extension://2c127fa4-62c7-7e4f-90e5-472b45eecfdc",
        matches: &["moz-extension://2c127fa4-62c7-7e4f-90e5-472b45eecfdc"],
        not: &["moz-extension://2C127FA4-62C7-7E4F-90E5-472B45EECFDC"],
    },
    Row {
        // Some other scheme's host that is a number is only a name.
        pattern: "app+x.y-1://127.1",
        matches: &["app+x.y-1://127.1"],
        not: &["app+x.y-1://127.0.0.1"],
    },
    Row {
        pattern: "http://127.0.0.1:3000",
        matches: &["http://127.0.0.1:3000"],
        not: &[
            "http://127.0.0.1",
            "http://127.0.0.2:3000",
            "http://127.1:3000",
            "http://localhost:3000",
            "http://[::1]:3000",
            "http://[::ffff:7f00:1]:3000",
            "http://127.0.0.1.evil.com:3000",
        ],
    },
    Row {
        pattern: "http://127.0.0.1:*",
        matches: &["http://127.0.0.1", "http://127.0.0.1:3000"],
        not: &["http://127.0.0.1:80", "http://127.0.0.10:3000", "http://127.0.0.1.evil.com"],
    },
    Row {
        pattern: "http://[::1]:3000",
        matches: &["http://[::1]:3000"],
        not: &[
            "http://[::1]",
            "http://[::2]:3000",
            "http://[0:0:0:0:0:0:0:1]:3000",
            "http://::1:3000",
            "http://[::1%25lo]:3000",
        ],
    },
    Row {
        pattern: "https://[2001:db8::1:0:0:1]:*",
        matches: &["https://[2001:db8::1:0:0:1]", "https://[2001:db8::1:0:0:1]:8443"],
        not: &[
            "https://[2001:db8:0:0:1::1]",
            "https://[2001:DB8::1:0:0:1]",
            "https://[2001:db8::1:0:0:1]:443",
            "https://[2001:db8::1:0:0:1",
            "https://2001:db8::1:0:0:1",
        ],
    },
    Row {
        pattern: "https://[::ffff:7f00:1]",
        matches: &["https://[::ffff:7f00:1]"],
        not: &["https://[::ffff:127.0.0.1]", "https://127.0.0.1"],
    },
    Row {
        pattern: "https://xn--bcher-kva.example",
        matches: &["https://xn--bcher-kva.example"],
        not: &["https://b\u{fc}cher.example", "https://bcher-kva.example"],
    },
    Row {
        pattern: "https://under_score.example",
        matches: &["https://under_score.example"],
        not: &["https://under-score.example"],
    },
    Row {
        pattern: "http://intranet",
        matches: &["http://intranet"],
        not: &["http://intranet.example", "http://intra"],
    },
    Row {
        // A number in front is none at the end, so this is no address.
        pattern: "https://127.example",
        matches: &["https://127.example"],
        not: &["https://127.0.0.1"],
    },
];

#[test]
fn every_form_matches_its_origins_and_no_others() {
    for Row { pattern: text, matches, not } in ROWS {
        let set = set([*text]);
        for origin in *matches {
            assert!(set.contains(origin), "{text} matches {origin}");
        }
        for origin in *not {
            assert!(!set.contains(origin), "{text} does not match {origin}");
        }
        assert!(!matches.is_empty() && !not.is_empty(), "{text}");
    }
}

#[test]
fn the_layer_matches_as_the_set_does() {
    for Row { pattern, matches, not } in ROWS {
        let layer = CorsLayer::new().allow_origins([pattern]).build().unwrap();
        for origin in *matches {
            let origin = HeaderValue::from_str(origin).unwrap();
            assert_eq!(allowed_origin(&layer, &origin), Some(origin), "{pattern}");
        }
        for origin in *not {
            let origin = HeaderValue::from_bytes(origin.as_bytes()).unwrap();
            assert_eq!(allowed_origin(&layer, &origin), None, "{pattern} for {origin:?}");
        }
    }
}

#[test]
fn a_pattern_is_written_as_it_was_read() {
    for Row { pattern: text, .. } in ROWS {
        let read = pattern(text);
        assert_eq!(read.as_str(), *text);
        assert_eq!(read.as_ref(), *text);
        assert_eq!(read.to_string(), *text);
    }
}

#[test]
fn the_longest_hosts_match() {
    let longest = host_of(253);
    let set = set([format!("https://{longest}").as_str(), "https://*.a", "http://*.a:*"]);
    assert!(set.contains(format!("https://{longest}")));
    assert!(set.contains(format!("http://{longest}:65535")));
    let too_long = host_of(254);
    assert!(!set.contains(format!("https://{too_long}")));
    assert!(!set.contains(format!("http://{too_long}:65535")));

    let (label, long_label) = ("b".repeat(63), "b".repeat(64));
    assert!(set.contains(format!("https://{label}.a")));
    assert!(!set.contains(format!("https://{long_label}.a")));
}

#[test]
fn the_longest_pattern_has_326_bytes() {
    let longest = format!("{}://{}", "s".repeat(70), host_of(253));
    assert_eq!(longest.len(), 326);
    assert!(set([longest.as_str()]).contains(&longest));
}

#[test]
fn a_wildcard_over_the_longest_host_has_no_room_for_a_label() {
    let host = host_of(253);
    let set = set([format!("https://*.{host}").as_str()]);
    assert!(!set.contains(format!("https://a.{host}")));
    assert!(!set.contains(format!("https://{host}")));
}

#[test]
fn bytes_beyond_ascii_match_nothing() {
    let set = set(["https://*.example.com:*", "https://example.com"]);
    for origin in [
        &b"https://\xe9.example.com"[..],
        b"https://a\xff.example.com",
        b"https://a.example.com\xff",
        b"\xffhttps://a.example.com",
        b"https://example.com\xff",
        b"https://a\0.example.com",
        b"https://a\t.example.com",
        b"\xff",
    ] {
        assert!(!set.contains(origin), "{}", origin.escape_ascii());
    }
}
