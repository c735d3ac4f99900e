//! What the browser in process predicts, beside what the same messages get over sockets.

use axum::http::HeaderName;
use serde_json::{Value, json};

use crate::visitor::{Answer, Tested, Visitor, each};

const POLICY: &str = "
allow_origins = ['{app}', '{other}']
allow_methods = ['PUT']
allow_headers = ['content-type']
allow_credentials = true
expose_headers = ['x-total-count']
";

struct Row {
    policy: &'static str,
    fetch: Value,
    origin: &'static str,
    readable: bool,
    preflights: usize,
}

fn rows() -> Vec<Row> {
    let row = |policy, fetch, origin, readable, preflights| Row {
        policy,
        fetch,
        origin,
        readable,
        preflights,
    };
    let put = json!({ "method": "PUT", "path": "/echo", "body": { "type": "json", "text": "{}" } });
    vec![
        row("", json!({}), "{app}", false, 0),
        row(POLICY, json!({}), "{app}", true, 0),
        row(POLICY, json!({ "path": "/list" }), "{app}", true, 0),
        row(
            "allow_origins = '*'\nexpose_headers = '*'",
            json!({ "path": "/list" }),
            "{app}",
            true,
            0,
        ),
        row(POLICY, json!({ "path": "/fails" }), "{app}", true, 0),
        row(POLICY, json!({ "path": "/nowhere" }), "{app}", true, 0),
        row(POLICY, json!({ "from": "stranger" }), "{stranger}", false, 0),
        row(POLICY, put.clone(), "{app}", true, 1),
        row("allow_origins = '{app}'", put, "{app}", false, 1),
        row(
            POLICY,
            json!({ "from": "other", "path": "/me", "credentials": "include" }),
            "{other}",
            true,
            0,
        ),
        row(
            "allow_origins = '*'",
            json!({ "path": "/me", "credentials": "include" }),
            "{app}",
            false,
            0,
        ),
        row(
            "allow_origins = '*'",
            json!({ "from": "stranger", "path": "/me" }),
            "{stranger}",
            true,
            0,
        ),
    ]
}

#[tokio::test]
async fn predictions_are_what_real_requests_get() -> Tested {
    let visitor = Visitor::arrive().await?;
    for Row { policy, fetch, origin, readable, preflights } in rows() {
        let case = visitor.case(policy, fetch.clone()).await?;
        let prediction = &case["predictions"]["strict"];
        assert_eq!(*prediction, case["predictions"]["shipping"], "{fetch}");
        assert_eq!(prediction["readable"], readable, "{policy}\n{prediction:#}");
        assert_eq!(prediction["preflights"], preflights, "{policy}\n{prediction:#}");
        assert_eq!(prediction["console"].is_string(), !readable, "{prediction:#}");
        assert_eq!(prediction["fix"].is_string(), !readable, "{prediction:#}");
        if readable {
            let real = perform(&visitor, &case, origin).await?;
            assert_eq!(prediction["status"], real.status.as_u16(), "{fetch}");
            assert_eq!(
                prediction["headers"],
                readable_headers(&real),
                "{policy}\n{fetch}\n{real:?}"
            );
        }
    }
    Ok(())
}

/// Sends the request itself, as a browser does after its preflight.
async fn perform(
    visitor: &Visitor,
    case: &Value,
    origin: &str,
) -> Result<Answer, Box<dyn std::error::Error>> {
    let init = &case["init"];
    let mut headers = vec![("origin", origin)];
    if init["credentials"] == "include" && origin != "{stranger}" {
        headers.push(("cookie", "playground=signed-in"));
    }
    let given = init["headers"].as_array().map(Vec::as_slice).unwrap_or_default();
    headers
        .extend(given.iter().filter_map(|header| Some((header[0].as_str()?, header[1].as_str()?))));
    let (method, url) =
        (init["method"].as_str().unwrap_or_default(), case["url"].as_str().unwrap_or_default());
    visitor.send(method, url, &headers, init["body"].as_str().unwrap_or_default()).await
}

/// Of a response that may be read, without what hyper adds.
fn readable_headers(answer: &Answer) -> Value {
    let exposed = answer.header("access-control-expose-headers").unwrap_or_default();
    let is_exposed = |name: &str| {
        ["content-length", "content-type"].contains(&name)
            || exposed.split(',').any(|exposed| exposed == name || exposed == "*")
    };
    let names = answer.headers.keys().map(HeaderName::as_str);
    let names = names.filter(|name| is_exposed(name) && *name != "date");
    let mut headers: Vec<_> = names.filter_map(|name| Some([name, answer.header(name)?])).collect();
    headers.sort_unstable();
    json!(headers)
}

#[tokio::test]
async fn profiles_disagree_where_browsers_do() -> Tested {
    let visitor = Visitor::arrive().await?;
    let policy = "allow_origins = '*'\nallow_headers = '*'";
    let fetch = json!({ "headers": [["sec-ch-x", "1"], ["dpr", "1"]] });
    let case = visitor.case("allow_origins = '*'", fetch).await?;
    assert_eq!(case["predictions"]["strict"]["preflights"], 1, "{case:#}");
    assert_eq!(case["predictions"]["shipping"]["preflights"], 0, "{case:#}");
    let case = visitor.case(policy, json!({ "headers": [["authorization", "x"]] })).await?;
    assert_eq!(case["predictions"]["strict"]["readable"], true, "this layer names it: {case:#}");
    Ok(())
}

#[tokio::test]
async fn the_shipping_profile_is_that_of_the_browser_that_asks() -> Tested {
    let visitor = Visitor::arrive().await?;
    let agents = [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", 1),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
            1,
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
            0,
        ),
    ];
    for (agent, preflights) in agents {
        let fetch = json!({ "from": "app", "method": "GET", "path": "/hello", "headers": [["dpr", "1"]],
            "body": { "type": "none" }, "credentials": "omit" });
        let described = json!({ "policy": "", "fetch": fetch }).to_string();
        let case = visitor
            .send("POST", "{app}/cases", &[("user-agent", agent)], described)
            .await?
            .json()?;
        assert_eq!(case["predictions"]["shipping"]["preflights"], preflights, "{agent}\n{case:#}");
    }
    Ok(())
}

#[tokio::test]
async fn cookies_go_by_site() -> Tested {
    let visitor = Visitor::arrive().await?;
    let policy = "allow_origins = ['{app}', '{stranger}']\nallow_credentials = true";
    for (from, length) in [("app", 18), ("stranger", 19)] {
        let fetch = json!({ "from": from, "path": "/me", "credentials": "include" });
        let case = visitor.case(policy, fetch).await?;
        let headers = case["predictions"]["strict"]["headers"].as_array().ok_or("a list")?;
        let expected = json!(["content-length", length.to_string()]);
        assert!(headers.contains(&expected), "{from}: {case:#}");
    }
    Ok(())
}

#[tokio::test]
async fn predictions_leave_no_trace() -> Tested {
    let visitor = Visitor::arrive().await?;
    let fetch = json!({ "path": "/cached-without-vary" });
    let mut cases = Vec::new();
    for _ in 0..2 {
        cases.push(visitor.case(POLICY, fetch.clone()).await?);
    }
    for case in &cases {
        assert!(each(&visitor.told(case).await?["messages"], "kind").is_empty());
    }
    let real = perform(&visitor, &cases[1], "{app}").await?;
    assert_eq!(real.header("x-cache"), Some("miss"));
    // From now on the cache has it, and the copy that predictions get has it, too.
    let case =
        visitor.case(POLICY, json!({ "from": "other", "path": "/cached-without-vary" })).await?;
    let console = case["predictions"]["strict"]["console"].as_str().unwrap_or_default();
    assert!(console.contains("which is not the request's origin"), "{case:#}");
    Ok(())
}
