//! The playground runs on the user's machine: other pages may not use it.

use crate::visitor::{Tested, Visitor};

const ENDPOINTS: [(&str, &str); 5] = [
    ("GET", "/places"),
    ("PUT", "/policy"),
    ("POST", "/cases"),
    ("GET", "/cases/1"),
    ("DELETE", "/cache"),
];

#[tokio::test]
async fn foreign_origins_are_refused() -> Tested {
    let visitor = Visitor::arrive().await?;
    for (method, path) in ENDPOINTS {
        for origin in ["{other}", "{stranger}", "{api}", "null", "https://evil.example", "{app}/"] {
            // Who else could say so is a program.
            let headers = [("origin", origin), ("sec-fetch-site", "same-origin")];
            let refused = visitor.send(method, &format!("{{app}}{path}"), &headers, "").await?;
            assert_eq!(refused.status, 403, "{method} {path} from {origin}");
            assert_eq!(refused.header("access-control-allow-origin"), None);
            let asked = [("origin", origin), ("access-control-request-method", method)];
            let preflight = visitor.send("OPTIONS", &format!("{{app}}{path}"), &asked, "").await?;
            assert_eq!(preflight.status, 403, "preflight of {method} {path} from {origin}");
        }
        let own = [("origin", "{app}")];
        let allowed = visitor.send(method, &format!("{{app}}{path}"), &own, "").await?;
        assert!(![403, 421].contains(&allowed.status.as_u16()), "{method} {path}: {allowed:?}");
    }
    Ok(())
}

/// A name that leads here by its owner's doing makes a page of his look like ours.
#[tokio::test]
async fn foreign_hosts_are_refused() -> Tested {
    let visitor = Visitor::arrive().await?;
    let port = visitor.fill_in("{app_port}");
    let hosts = [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        "localhost".into(),
        format!("127.0.0.1:{port}"),
    ];
    for host in hosts {
        for (method, path) in ENDPOINTS.into_iter().chain([("GET", "/"), ("GET", "/frame")]) {
            let headers = [("host", host.as_str())];
            let refused = visitor.send(method, &format!("{{app}}{path}"), &headers, "").await?;
            assert_eq!(refused.status, 421, "{method} {path} of {host}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_forms_post_is_refused() -> Tested {
    let visitor = Visitor::arrive().await?;
    let headers = [("sec-fetch-site", "cross-site")];
    let refused = visitor.send("POST", "{app}/cases", &headers, "").await?;
    assert_eq!(refused.status, 403);
    Ok(())
}
