//! Cases: what is to be sent, and what went over the wire.

use serde_json::json;

use crate::visitor::{Tested, Visitor, each};

#[tokio::test]
async fn a_case_says_what_to_send() -> Tested {
    let visitor = Visitor::arrive().await?;
    let body = |kind: &str| json!({ "type": kind, "text": "{}" });
    let rows = [
        (json!({}), "/hello?case=1", json!([]), json!(null)),
        (json!({ "path": "/echo?x=1" }), "/echo?x=1&case=2", json!([]), json!(null)),
        (
            json!({ "method": "POST", "body": body("text") }),
            "/hello?case=3",
            json!([["content-type", "text/plain;charset=UTF-8"]]),
            json!("{}"),
        ),
        (
            json!({ "method": "POST", "headers": [["x-a", "1"]], "body": body("json") }),
            "/hello?case=4",
            json!([["x-a", "1"], ["content-type", "application/json"]]),
            json!("{}"),
        ),
        (
            json!({ "method": "POST", "body": body("form") }),
            "/hello?case=5",
            json!([["content-type", "application/x-www-form-urlencoded"]]),
            json!("{}"),
        ),
        (
            json!({ "method": "POST", "headers": [["Content-Type", "x/y"]], "body": body("json") }),
            "/hello?case=6",
            json!([["Content-Type", "x/y"]]),
            json!("{}"),
        ),
    ];
    for (fetch, target, headers, body) in rows {
        let case = visitor.case("", fetch.clone()).await?;
        assert_eq!(case["url"], visitor.fill_in(&format!("{{api}}{target}")), "{fetch}");
        assert_eq!(case["init"]["headers"], headers, "{fetch}");
        assert_eq!(case["init"]["body"], body, "{fetch}");
        assert_eq!(case["init"]["mode"], "cors");
        assert_eq!(case["init"]["credentials"], "same-origin");
    }
    Ok(())
}

#[tokio::test]
async fn what_is_no_request_is_refused() -> Tested {
    let visitor = Visitor::arrive().await?;
    let rows = [
        (json!({ "method": "TRACE" }), "the method is forbidden"),
        (json!({ "method": "P T" }), "the method is not a token"),
        (json!({ "headers": [["a b", "c"]] }), "a header name is not a token"),
        (json!({ "headers": [["a", "b\nc"]] }), "a header value has control characters"),
        (
            json!({ "headers": [["a", "€"]] }),
            "a header value has a character that is not in Latin-1",
        ),
        (
            json!({ "body": { "type": "text", "text": "" } }),
            "a request with method GET or HEAD cannot have a body",
        ),
        (json!({ "path": "hello" }), "\"hello\" is no path of a URL"),
        (json!({ "path": "/a b" }), "\"/a b\" is no path of a URL"),
        (json!({ "path": "/a#b" }), "\"/a#b\" is no path of a URL"),
    ];
    for (fetch, error) in rows {
        let answer = visitor.describe("", fetch.clone()).await?;
        assert_eq!(answer.status, 400, "{fetch}");
        assert_eq!(answer.json()?, json!({ "error": error }), "{fetch}");
    }
    for body in
        ["", "{}", "[]", "{\"policy\":1}", "{\"policy\":\"\",\"fetch\":{\"from\":\"nobody\"}}"]
    {
        let answer = visitor.send("POST", "{app}/cases", &[], body).await?;
        assert_eq!(answer.status, 400, "{body}");
        assert!(answer.json()?["error"].is_string(), "{body}");
    }
    Ok(())
}

#[tokio::test]
async fn a_refused_preflight_is_told_with_what_would_allow_it() -> Tested {
    let visitor = Visitor::arrive().await?;
    let policy = "# mine\nallow_origins = [\"{app}\"] # only me\n";
    let case = visitor.case(policy, json!({ "method": "PUT", "path": "/echo" })).await?;
    let url = case["url"].as_str().ok_or("no URL")?;
    let headers = [("origin", "{app}"), ("access-control-request-method", "PUT")];
    visitor.send("OPTIONS", url, &headers, "").await?;
    let told = visitor.told(&case).await?;
    let [message] = told["messages"].as_array().map(Vec::as_slice).unwrap_or_default() else {
        return Err(format!("{told:#}").into());
    };
    assert_eq!(message["kind"], "preflight");
    assert_eq!(message["request"]["method"], "OPTIONS");
    assert_eq!(message["request"]["target"], format!("/echo?case={}", case["id"]));
    assert_eq!(message["request"]["version"], "HTTP/1.1");
    let origin = json!(["origin", visitor.fill_in("{app}")]);
    assert!(message["request"]["headers"].as_array().is_some_and(|all| all.contains(&origin)));
    assert_eq!(message["response"]["status"], 204);
    assert_eq!(message["response"]["reason"], "No Content");
    assert_eq!(message["from_cache"], false);
    let explanation = &message["explanation"];
    assert_eq!(explanation["outcome"], "denied");
    assert_eq!(
        explanation["text"],
        "preflight OPTIONS /echo: denied: method \"PUT\" is not allowed\n  \
         to allow it: list \"PUT\" in allow_methods",
        "{explanation:#}"
    );
    let mended = "# mine\nallow_origins = [\"{app}\"] # only me\nallow_methods = [\"PUT\"]\n";
    let expected =
        json!([{ "label": "add \"PUT\" to allow_methods", "policy": visitor.fill_in(mended) }]);
    assert_eq!(explanation["fixes"], expected);
    Ok(())
}

/// Rows of a policy, a fetch's origin and request headers, and the policy with the fix.
#[tokio::test]
async fn fixes_of_refusals_allow_them() -> Tested {
    let visitor = Visitor::arrive().await?;
    let rows = [
        ("", "allow_origins = [\"{other}\"]\n"),
        ("allow_origins = []", "allow_origins = [\"{other}\"]"),
        ("allow_origins = ['{app}', ] # x", "allow_origins = ['{app}', \"{other}\", ] # x"),
        ("allow-origin = '{app}'", "allow-origin = \"{app}, {other}\""),
        ("allow_origin = { fixed = \"{app}\" }", "allow_origin = [\"{app}\", \"{other}\"]"),
        ("[allow_origin]\nfixed = \"{app}\"\n", "allow_origin = [\"{app}\", \"{other}\"]\n"),
        (
            "allow_origins = [\n  '{app}', # me\n]\n",
            "allow_origins = [\n  '{app}', \"{other}\", # me\n]\n",
        ),
    ];
    for (policy, mended) in rows {
        let case = visitor.case(policy, json!({ "from": "other" })).await?;
        let url = case["url"].as_str().ok_or("no URL")?;
        visitor.send("GET", url, &[("origin", "{other}")], "").await?;
        let told = visitor.told(&case).await?;
        let fixes = &told["messages"][0]["explanation"]["fixes"];
        assert_eq!(each(fixes, "policy"), [visitor.fill_in(mended)], "{policy}\n{told:#}");
        let case = visitor.case(mended, json!({ "from": "other" })).await?;
        assert_eq!(case["predictions"]["strict"]["readable"], true, "{mended}\n{case:#}");
    }
    Ok(())
}

#[tokio::test]
async fn hidden_headers_are_told_and_can_be_exposed() -> Tested {
    let visitor = Visitor::arrive().await?;
    let policy = "allow_origins = '{app}'\nexpose_headers = 'x-total-count'\n";
    let case = visitor.case(policy, json!({ "path": "/list" })).await?;
    let url = case["url"].as_str().ok_or("no URL")?;
    visitor.send("GET", url, &[("origin", "{app}")], "").await?;
    let told = visitor.told(&case).await?;
    let hidden = told["hidden"].as_array().ok_or("a list")?;
    let names: Vec<_> = hidden.iter().filter_map(|header| header[0].as_str()).collect();
    assert!(names.contains(&"etag") && names.contains(&"vary"), "{names:?}");
    assert!(!names.contains(&"x-total-count") && !names.contains(&"content-type"), "{names:?}");
    let fix = &told["expose_fix"];
    assert_eq!(fix["label"], "add \"etag\" to expose_headers");
    let mended = "allow_origins = '{app}'\nexpose_headers = \"x-total-count, etag\"\n";
    assert_eq!(fix["policy"], visitor.fill_in(mended));

    Ok(())
}

#[tokio::test]
async fn all_of_a_response_that_cannot_be_read_is_hidden() -> Tested {
    let visitor = Visitor::arrive().await?;
    let rows = [
        ("", "omit", true),
        ("allow_origins = '{other}'", "omit", true),
        ("allow_origins = '*'", "omit", false),
        ("allow_origins = '*'", "include", true),
        ("allow_origins = '{app}'", "include", true),
        ("allow_origins = '{app}'\nallow_credentials = true", "include", false),
    ];
    for (policy, credentials, is_hidden) in rows {
        let fetch = json!({ "path": "/list", "credentials": credentials });
        let case = visitor.case(policy, fetch).await?;
        let url = case["url"].as_str().ok_or("no URL")?;
        visitor.send("GET", url, &[("origin", "{app}")], "").await?;
        let told = visitor.told(&case).await?;
        let hidden = told["hidden"].as_array().ok_or("a list")?;
        let hides_type = hidden.iter().any(|header| header[0] == "content-type");
        assert_eq!(hides_type, is_hidden, "{policy}, {credentials}: {told:#}");
        assert_eq!(told["expose_fix"].is_null(), is_hidden, "{policy}, {credentials}");
        assert_eq!(case["predictions"]["strict"]["readable"], !is_hidden, "{policy}");
    }
    Ok(())
}

/// Also when another policy is in service by then.
#[tokio::test]
async fn explanations_are_those_of_the_policy_that_answered() -> Tested {
    let visitor = Visitor::arrive().await?;
    let case = visitor.case("allow_origins = '{app}'", json!({})).await?;
    let url = case["url"].as_str().ok_or("no URL")?;
    visitor.send("GET", url, &[("origin", "{app}")], "").await?;
    visitor.put("").await?;
    visitor.send("GET", url, &[("origin", "{app}")], "").await?;
    let broken = visitor.case("allow_origins = '{app}/'", json!({})).await?;
    assert_eq!(broken["serving"], "kept");
    visitor.send("GET", url, &[], "").await?;
    let told = visitor.told(&case).await?;
    let messages = told["messages"].as_array().ok_or("a list")?;
    let outcomes: Vec<_> =
        messages.iter().filter_map(|message| message["explanation"]["outcome"].as_str()).collect();
    assert_eq!(outcomes, ["allowed", "denied", "not CORS"], "{told:#}");
    assert_eq!(each(&told["messages"], "kind"), ["actual", "actual", "not CORS"]);
    Ok(())
}

#[tokio::test]
async fn a_case_that_is_not_there_is_not_found() -> Tested {
    let visitor = Visitor::arrive().await?;
    for id in ["1", "0", "18446744073709551615"] {
        let answer = visitor.send("GET", &format!("{{app}}/cases/{id}"), &[], "").await?;
        assert_eq!(answer.status, 404, "{id}");
    }
    Ok(())
}
