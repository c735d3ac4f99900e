//! Wildcards with credentials, over names that anyone may register.

use tower_cors::CorsLayer;

use crate::asked_for_credentials;

/// Over each of these, a wildcard is somebody else's origin.
const RISKY: [(&str, &str); 20] = [
    ("ac.uk", "public-suffix-with-credentials"),
    ("amazonaws.com", "above-public-suffix-with-credentials"),
    ("appspot.com", "public-suffix-with-credentials"),
    ("ck", "above-public-suffix-with-credentials"),
    ("co.uk", "public-suffix-with-credentials"),
    ("com", "public-suffix-with-credentials"),
    ("elasticbeanstalk.com", "public-suffix-with-credentials"),
    ("foo.ck", "public-suffix-with-credentials"),
    ("github.io", "public-suffix-with-credentials"),
    ("internal", "unlisted-label-with-credentials"),
    ("intranet", "unlisted-label-with-credentials"),
    ("kawasaki.jp", "above-public-suffix-with-credentials"),
    ("local", "unlisted-label-with-credentials"),
    ("netlify.app", "public-suffix-with-credentials"),
    ("pages.dev", "public-suffix-with-credentials"),
    ("run.app", "above-public-suffix-with-credentials"),
    ("s3.amazonaws.com", "public-suffix-with-credentials"),
    ("uk", "public-suffix-with-credentials"),
    ("vercel.app", "public-suffix-with-credentials"),
    ("windows.net", "above-public-suffix-with-credentials"),
];

const FINE: [&str; 11] = [
    "app.github.io",
    "bucket.s3.amazonaws.com",
    "city.kawasaki.jp",
    "corp.internal",
    "example.co.uk",
    "example.com",
    "example.com.evil.example",
    "github.io.example.com",
    "localhost",
    "app.localhost",
    "www.ck",
];

fn wildcard(host: &str) -> CorsLayer {
    CorsLayer::new().allow_origins([format!("https://*.{host}")])
}

#[test]
fn without_credentials_none_is_a_problem() {
    for host in RISKY.map(|(host, _)| host).into_iter().chain(FINE) {
        let built = wildcard(host).build();
        assert!(built.is_ok(), "{}", built.unwrap_err());
    }
}

#[test]
fn dangerously_none_is_a_problem() {
    for host in RISKY.map(|(host, _)| host).into_iter().chain(FINE) {
        let layer = CorsLayer::new()
            .dangerously_allow_origins([format!("https://*.{host}"), format!("http://*.{host}:*")])
            .allow_credentials(true);
        assert!(layer.clone().build().is_ok(), "{}", layer.build().unwrap_err());
    }
}

#[test]
fn one_s_own_names_are_fine() {
    for host in FINE {
        let built = wildcard(host).allow_credentials(true).build();
        assert!(built.is_ok(), "{}", built.unwrap_err());
    }
}

#[test]
fn an_origin_without_a_wildcard_is_fine() {
    for (host, _) in RISKY {
        let pattern = [format!("https://{host}"), format!("https://{host}:*")];
        let built = CorsLayer::new().allow_origins(pattern).allow_credentials(true).build();
        assert!(built.is_ok(), "{}", built.unwrap_err());
    }
}

#[cfg(feature = "public-suffix")]
mod listed {
    use http::HeaderValue;
    use tower_cors::{AllowOrigin, Warning};

    use super::{CorsLayer, RISKY, asked_for_credentials, wildcard};
    use crate::{codes, error, problem};

    #[test]
    fn with_credentials_each_is_a_problem() {
        for (host, code) in RISKY {
            for layer in [
                wildcard(host).allow_credentials(true),
                wildcard(host).allow_credentials(asked_for_credentials()),
                CorsLayer::new()
                    .allow_origins([format!("https://*.{host}:*")])
                    .allow_credentials(true),
                CorsLayer::new()
                    .allow_origin(AllowOrigin::from(format!("https://*.{host}:8443")))
                    .allow_credentials(true),
            ] {
                let problem = problem(layer);
                assert_eq!(problem.code(), code, "{problem}");
            }
        }
    }

    #[test]
    fn each_kind_has_its_text() {
        for (host, advice) in [
            (
                "github.io",
                "anyone can register a name under github.io, and would read with the user's credentials; \
                 write your own origins under it in full",
            ),
            (
                "run.app",
                "anyone can register a name somewhere below run.app, and would read with the user's credentials; \
                 write your own origins under it in full",
            ),
            (
                "internal",
                "internal is no registered domain, so every name under it would read with the user's credentials, \
                 whoever runs it; write the origins in full",
            ),
        ] {
            let problem = problem(wildcard(host).allow_credentials(true));
            let pattern = format!("https://*.{host}");
            assert_eq!(
                problem.to_string(),
                format!(
                    "allow_origins \"{pattern}\": {advice}, \
                     or if you must, dangerously_allow_origins([\"{pattern}\"])"
                )
            );
            assert_eq!(problem.setting(), "allow_origins");
            assert_eq!(problem.value(), Some(pattern.as_str()));
            assert_eq!(problem.suggestion(), None);
        }
    }

    #[test]
    fn an_insecure_one_has_two_problems() {
        let both = ["insecure-origin-with-credentials", "public-suffix-with-credentials"];
        let layer = CorsLayer::new().allow_origins(["http://*.github.io"]).allow_credentials(true);
        assert_eq!(codes(&error(layer)), both);
    }

    #[test]
    fn each_is_dangerous_with_credentials_alone() {
        for (host, _) in RISKY {
            let dangerous =
                CorsLayer::new().dangerously_allow_origins([format!("https://*.{host}")]);
            let codes: Vec<_> = dangerous.warnings().iter().map(Warning::code).collect();
            assert_eq!(codes, ["not-dangerous"], "{host}");
            assert!(dangerous.allow_credentials(true).warnings().is_empty(), "{host}");
        }
    }

    #[test]
    fn a_literal_or_fixed_suffix_is_fine() {
        let suffix = HeaderValue::from_static("https://github.io");
        for origin in [AllowOrigin::exact(suffix.clone()), AllowOrigin::fixed(suffix)] {
            assert!(CorsLayer::new().allow_origin(origin).allow_credentials(true).build().is_ok());
        }
    }
}

#[cfg(not(feature = "public-suffix"))]
#[test]
fn without_the_list_none_is_a_problem() {
    for (host, _) in RISKY {
        for layer in [
            wildcard(host).allow_credentials(true),
            wildcard(host).allow_credentials(asked_for_credentials()),
        ] {
            assert!(layer.build().is_ok(), "{host}");
        }
    }
}
