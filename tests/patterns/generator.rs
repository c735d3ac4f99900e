//! The set against its twin, on origins that nearly match.

use std::collections::BTreeMap;

use crate::{host_of, pattern, set, twin};

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const SETS: usize = 12_500;
const ORIGINS_PER_SET: usize = 80;

#[test]
fn the_set_matches_as_its_twin_does() {
    let mut random = Random(SEED);
    let mut answers = BTreeMap::<&str, [u32; 2]>::new();
    for _ in 0..SETS {
        let patterns = random.patterns();
        let set = set(patterns.iter().map(String::as_str));
        let twins: Vec<_> = patterns.iter().map(|text| twin::Pattern::split(text)).collect();
        for _ in 0..ORIGINS_PER_SET {
            let (change, origin) = random.origin(&patterns);
            let expected = twin::matches(&twins, &origin);
            assert_eq!(
                set.contains(&origin),
                expected,
                "seed {SEED:#x}, {change}: {patterns:?} and \"{}\"",
                origin.escape_ascii(),
            );
            answers.entry(change).or_default()[usize::from(expected)] += 1;
        }
    }
    assert_is_telling(&answers);
}

/// Both answers are frequent, on the whole and for every change.
fn assert_is_telling(answers: &BTreeMap<&str, [u32; 2]>) {
    let [no, yes] = answers.values().fold([0, 0], |[no, yes], [n, y]| [no + n, yes + y]);
    assert_eq!(no + yes, 1_000_000);
    assert!(no > 250_000 && yes > 250_000, "{answers:?}");
    assert_eq!(answers.len(), CHANGES.len(), "{answers:?}");
    assert_eq!(answers["none"][0], 0, "{answers:?}");
    let telling = answers.values().filter(|[no, yes]| *no > 1_000 && *yes > 1_000).count();
    assert_eq!(telling, CHANGES.len() - 1, "{answers:?}");
}

/// <https://en.wikipedia.org/wiki/Xorshift>, xorshift64*
struct Random(u64);

type Change = fn(&mut Random, String) -> String;

const CHANGES: &[(&str, Change)] = &[
    ("none", |_, origin| origin),
    ("other byte", |random, origin| random.replace(&origin, 1)),
    ("more bytes", |random, origin| random.replace(&origin, 0)),
    ("fewer bytes", |random, origin| {
        let at = random.below(origin.len());
        format!("{}{}", &origin[..at], &origin[at + 1..])
    }),
    ("fewer labels", |_, origin| {
        let (scheme, rest) = split(&origin);
        format!("{scheme}{}", rest.split_once('.').map_or("", |(_, parent)| parent))
    }),
    ("more labels", |random, origin| {
        let (scheme, rest) = split(&origin);
        format!("{scheme}{}.{rest}", random.label())
    }),
    ("glued in front", |random, origin| {
        let (scheme, rest) = split(&origin);
        format!(
            "{scheme}{}{}{rest}",
            random.label(),
            random.pick(&["", "-", "@", "/.", "?.", "#."])
        )
    }),
    ("behind", |random, origin| {
        let end =
            random.pick(&["", ".", "/", ".evil", ":1", ":443", ":80", ":0", ":", ",https://a"]);
        format!("{origin}{end}")
    }),
    ("other scheme", |random, origin| {
        let (_, rest) = split(&origin);
        format!(
            "{}://{rest}",
            random.pick(&["https", "http", "tauri", "ws", "httpss", "HTTPS", ""])
        )
    }),
    ("other port", |random, origin| {
        let (scheme, rest) = split(&origin);
        let host = rest.rsplit_once(':').map_or(rest, |(host, _)| host);
        format!("{scheme}{host}{}", random.port())
    }),
    ("upper case", |random, origin| {
        let at = random.below(origin.len());
        format!("{}{}{}", &origin[..at], origin[at..=at].to_ascii_uppercase(), &origin[at + 1..])
    }),
    ("two dots", |random, origin| {
        let dots: Vec<_> = origin.match_indices('.').map(|(at, _)| at).collect();
        match dots.is_empty() {
            true => origin,
            false => {
                let at = random.pick(&dots);
                format!("{}.{}", &origin[..at], &origin[at..])
            }
        }
    }),
];

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).expect("31 bits fit") % end
    }

    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    fn patterns(&mut self) -> Vec<String> {
        (0..=self.below(6)).map(|_| self.pattern()).collect()
    }

    fn pattern(&mut self) -> String {
        let host = match self.below(10) {
            0 => {
                self.pick(&["127.0.0.1", "10.0.0.1", "[::1]", "[1::2]", "[1::2:0:0:0]"]).to_string()
            }
            1..=4 => self.host(),
            _ => format!("*.{}", self.host()),
        };
        match self.below(8) {
            0 if !host.contains('*') => format!("tauri://{host}"),
            1..=3 => format!("http://{host}{}", self.pick(&["", ":*", ":443", ":8080", ":1"])),
            _ => format!("https://{host}{}", self.pick(&["", ":*", ":80", ":8443", ":65535"])),
        }
    }

    /// An origin that a pattern matches, with something changed about it.
    fn origin(&mut self, patterns: &[String]) -> (&'static str, Vec<u8>) {
        let pattern = patterns[self.below(patterns.len())].as_str();
        let pattern = match pattern.strip_suffix(":*") {
            Some(host) if pattern.starts_with("https") => {
                format!("{host}{}", self.pick(&["", ":80", ":8443"]))
            }
            Some(host) => format!("{host}{}", self.pick(&["", ":443", ":3000"])),
            None => pattern.into(),
        };
        let origin = pattern.replace('*', &self.host());
        let (change, apply) = if self.below(3) == 0 { CHANGES[0] } else { self.pick(CHANGES) };
        let mut origin = apply(self, origin).into_bytes();
        if change != "none" && self.below(100) == 0 {
            origin.push(0xff);
        }
        (change, origin)
    }

    fn host(&mut self) -> String {
        let labels: Vec<_> = (0..=self.below(3)).map(|_| self.label()).collect();
        labels.join(".")
    }

    fn label(&mut self) -> &'static str {
        self.pick(&["a", "b", "ab", "com", "example", "localhost", "xn--a", "-", "_1", "1a"])
    }

    fn port(&mut self) -> &'static str {
        let ports = [
            "", ":", ":0", ":1", ":01", ":80", ":080", ":443", ":8080", ":8443", ":65535",
            ":65536", ":*",
        ];
        self.pick(&ports)
    }

    /// Writes a byte in place of so many others.
    fn replace(&mut self, origin: &str, len: usize) -> String {
        let at = self.below(origin.len());
        let byte = self.pick(&[
            "a", "b", "A", "1", "0", ".", "-", ":", "/", "@", "*", "[", "]", " ", "%", ",",
        ]);
        format!("{}{byte}{}", &origin[..at], &origin[at + len..])
    }
}

/// What ends with the scheme's separator, and the rest.
fn split(origin: &str) -> (String, &str) {
    let (scheme, rest) = origin.split_once("://").unwrap_or(("", origin));
    (format!("{scheme}://"), rest)
}

#[test]
fn adversarial_origins_are_told_apart() {
    let long = |len| format!("https://{}", host_of(len));
    let rows: Vec<(&str, String, bool)> = vec![
        ("https://example.com", "https://example.com.evil.com".into(), false),
        ("https://example.com", "https://evilexample.com".into(), false),
        ("https://example.com", "https://example.comevil".into(), false),
        ("https://*.example.com", "https://evilexample.com".into(), false),
        ("https://*.example.com", "https://evil.com/.example.com".into(), false),
        ("https://*.example.com", "https://evil.com#.example.com".into(), false),
        ("https://*.example.com", "https://evil.com?.example.com".into(), false),
        ("https://*.example.com", "https://evil.com\\.example.com".into(), false),
        ("https://*.example.com", "https://evil.com:443@a.example.com".into(), false),
        ("https://*.example.com", "https://a@a.example.com".into(), false),
        ("https://*.example.com", "https://a..example.com".into(), false),
        ("https://*.example.com", "https://.example.com".into(), false),
        ("https://*.example.com", "https://*.example.com".into(), false),
        ("https://*.example.com", "https://-.example.com".into(), true),
        ("https://*.example.com", "https://a.example.com.evil.com".into(), false),
        ("https://*.example.com", "https://[::1].example.com".into(), false),
        ("https://*.example.com", "https://[::1.example.com".into(), false),
        ("https://*.example.com", "https://[a].example.com".into(), false),
        ("https://*.example.com", "https://a:1.example.com".into(), false),
        ("https://*.example.com", "https://a.example.com:".into(), false),
        ("https://*.example.com", "https://a.example.com:443".into(), false),
        ("https://*.example.com", "https:a.example.com".into(), false),
        ("https://*.example.com", "https:///a.example.com".into(), false),
        ("https://*.example.com", "https://https://a.example.com".into(), false),
        ("https://*.example.com", "ahttps://a.example.com".into(), false),
        ("https://*.example.com", "httpss://a.example.com".into(), false),
        ("https://*.example.com", "https://a.example.com\u{212a}".into(), false),
        ("https://*.example.com:*", "https://a.example.com:65535".into(), true),
        ("https://*.example.com:*", "https://a.example.com:65536".into(), false),
        ("https://*.example.com:*", "https://a.example.com:080".into(), false),
        ("https://*.example.com:*", "https://a.example.com:80".into(), true),
        ("https://*.example.com:*", "https://a.example.com:443".into(), false),
        ("https://*.example.com:*", "https://a.example.com:+80".into(), false),
        ("https://*.example.com:*", "https://a.example.com:8 0".into(), false),
        ("https://*.example.com:*", "https://a.example.com:1:2".into(), false),
        ("http://localhost:*", "http://localhost:80".into(), false),
        ("http://localhost:*", "http://localhost:443".into(), true),
        ("http://localhost:*", "http://localhost:3000.evil.com".into(), false),
        ("http://localhost:*", "http://localhost:3000/.evil.com".into(), false),
        ("http://[::1]:*", "http://[::1]:3000".into(), true),
        ("http://[::1]:*", "http://[::1]".into(), true),
        ("http://[::1]:*", "http://[::1]3000".into(), false),
        ("http://[::1]:*", "http://[::01]:3000".into(), false),
        ("http://127.0.0.1:*", "http://127.0.0.1:3000".into(), true),
        ("http://127.0.0.1:*", "http://127.0.0.01:3000".into(), false),
        ("https://*.a", long(253), true),
        ("https://*.a", long(254), false),
        ("https://*.a:8443", format!("{}:8443", long(253)), true),
        ("https://*.a:8443", format!("{}:8443", long(254)), false),
        ("https://*.a:*", format!("{}:65535", long(253)), true),
        ("https://*.a:*", format!("{}:65536", long(253)), false),
        ("https://*.a", format!("https://{}.a", "a".repeat(63)), true),
        ("https://*.a", format!("https://{}.a", "a".repeat(64)), false),
        ("https://*.a", format!("https://{}.a", "a.".repeat(100_000)), false),
        ("https://*.a", format!("https://{}a", ".".repeat(318)), false),
    ];
    for (text, origin, expected) in rows {
        assert_eq!(set([text]).contains(&origin), expected, "{text} and {origin:?}");
        let twins = [twin::Pattern::split(pattern(text).as_str())];
        assert_eq!(
            twin::matches(&twins, origin.as_bytes()),
            expected,
            "twin: {text} and {origin:?}"
        );
    }
}
