//! The shared cache in front of the CORS layer.

use serde_json::json;

use crate::visitor::{Answer, Tested, Visitor};

const POLICY: &str = "allow_origins = ['{app}', '{other}']";

fn told(answer: &Answer) -> (&str, Option<&str>) {
    (answer.header("x-cache").unwrap_or("none"), answer.header("access-control-allow-origin"))
}

#[tokio::test]
async fn a_cache_that_heeds_vary_keeps_origins_apart() -> Tested {
    let visitor = Visitor::arrive().await?;
    visitor.put(POLICY).await?;
    let (app, other) = (visitor.fill_in("{app}"), visitor.fill_in("{other}"));
    let rows = [
        ("{app}", ("miss", Some(app.as_str()))),
        ("{other}", ("miss", Some(other.as_str()))),
        ("{app}", ("hit", Some(app.as_str()))),
        ("{other}", ("hit", Some(other.as_str()))),
        ("https://evil.example", ("miss", None)),
    ];
    for (number, (origin, expected)) in rows.into_iter().enumerate() {
        let url = format!("{{api}}/cached?case={number}");
        let answer = visitor.send("GET", &url, &[("origin", origin)], "").await?;
        assert_eq!(told(&answer), expected, "{number}: {origin}");
        assert_eq!(answer.header("age").is_some(), expected.0 == "hit");
    }
    Ok(())
}

#[tokio::test]
async fn a_cache_that_ignores_vary_hands_out_what_is_for_others() -> Tested {
    let visitor = Visitor::arrive().await?;
    visitor.put(POLICY).await?;
    let (app, other) = (visitor.fill_in("{app}"), visitor.fill_in("{other}"));
    let ask = async |origin: &str| {
        visitor.send("GET", "{api}/cached-without-vary?case=1", &[("origin", origin)], "").await
    };
    assert_eq!(told(&ask("{app}").await?), ("miss", Some(app.as_str())));
    assert_eq!(told(&ask("{other}").await?), ("hit", Some(app.as_str())));
    let cleared = visitor.send("DELETE", "{app}/cache", &[], "").await?;
    assert_eq!(cleared.status, 204);
    assert_eq!(told(&ask("{other}").await?), ("miss", Some(other.as_str())));
    Ok(())
}

#[tokio::test]
async fn only_successful_get_requests_without_authorization_are_kept() -> Tested {
    let visitor = Visitor::arrive().await?;
    let asked = [
        ("HEAD", "/cached", vec![]),
        ("POST", "/cached", vec![]),
        ("GET", "/cached", vec![("authorization", "Bearer x")]),
        ("GET", "/hello", vec![]),
        ("GET", "/fails", vec![]),
    ];
    for (method, path, headers) in asked {
        for _ in 0..2 {
            let answer = visitor.send(method, &format!("{{api}}{path}"), &headers, "").await?;
            assert_ne!(answer.header("x-cache"), Some("hit"), "{method} {path}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_comes_from_the_cache_is_told_without_an_explanation() -> Tested {
    let visitor = Visitor::arrive().await?;
    let fetch = json!({ "path": "/cached-without-vary" });
    for from_cache in [false, true] {
        let case = visitor.case(POLICY, fetch.clone()).await?;
        visitor
            .send("GET", case["url"].as_str().ok_or("no URL")?, &[("origin", "{app}")], "")
            .await?;
        let told = visitor.told(&case).await?;
        let message = &told["messages"][0];
        assert_eq!(message["from_cache"], from_cache, "{told:#}");
        assert_eq!(message["explanation"].is_null(), from_cache, "{told:#}");
    }
    Ok(())
}
