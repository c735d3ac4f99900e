//! What the API answers.

use serde_json::json;

use crate::visitor::{Tested, Visitor};

#[tokio::test]
async fn each_path_has_its_answer() -> Tested {
    let visitor = Visitor::arrive().await?;
    let get = async |path: &str| visitor.send("GET", &format!("{{api}}{path}"), &[], "").await;
    assert_eq!(get("/hello").await?.text, "Hello from the API");
    assert_eq!(get("/fails").await?.status, 500);
    let list = get("/list").await?;
    assert_eq!(list.json()?, json!(["first", "second", "third"]));
    assert_eq!(list.header("x-total-count"), Some("42"));
    assert!(list.header("etag").is_some());
    assert_eq!(get("/cached").await?.status, 200);
    assert_eq!(get("/cached-without-vary").await?.status, 200);
    for (method, path) in [("GET", "/"), ("GET", "/hello/"), ("PUT", "/hello"), ("POST", "/list")] {
        let answer = visitor.send(method, &format!("{{api}}{path}"), &[], "").await?;
        assert_eq!(answer.status, 404, "{method} {path}");
    }
    Ok(())
}

#[tokio::test]
async fn echo_tells_what_came() -> Tested {
    let visitor = Visitor::arrive().await?;
    let headers = [("content-type", "application/json"), ("authorization", "Bearer x")];
    let echo = visitor.send("PATCH", "{api}/echo", &headers, "{}").await?.json()?;
    let expected = json!({ "method": "PATCH", "content_type": "application/json", "authorization": true, "body": "{}" });
    assert_eq!(echo, expected);
    let echo = visitor.send("GET", "{api}/echo", &[], "").await?.json()?;
    let expected =
        json!({ "method": "GET", "content_type": null, "authorization": false, "body": "" });
    assert_eq!(echo, expected);
    Ok(())
}

#[tokio::test]
async fn me_knows_the_cookie() -> Tested {
    let visitor = Visitor::arrive().await?;
    for (cookie, signed_in) in [
        ("playground=signed-in", true),
        ("a=b; playground=signed-in; c=d", true),
        ("playground=signed-out", false),
        ("xplayground=signed-in", false),
    ] {
        let me = visitor.send("GET", "{api}/me", &[("cookie", cookie)], "").await?.json()?;
        assert_eq!(me, json!({ "signed_in": signed_in }), "{cookie}");
    }
    Ok(())
}
