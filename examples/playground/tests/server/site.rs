//! The documents and what they may do.

use crate::visitor::{Tested, Visitor};

#[tokio::test]
async fn the_page_may_load_and_call_only_what_is_its_own() -> Tested {
    let visitor = Visitor::arrive().await?;
    let page = visitor.send("GET", "{app}/", &[], "").await?;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(
        page.header("set-cookie"),
        Some("playground=signed-in; Path=/; HttpOnly; SameSite=Lax")
    );
    let policy = page.header("content-security-policy").ok_or("there is none")?;
    let frames = visitor.fill_in("frame-src {app} {other} {stranger}");
    for directive in ["default-src 'self'", "connect-src 'self'", frames.as_str()] {
        assert!(policy.split("; ").any(|given| given == directive), "{directive}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    Ok(())
}

#[tokio::test]
async fn each_page_origin_has_the_frame_and_nobody_else_a_page() -> Tested {
    let visitor = Visitor::arrive().await?;
    for origin in ["{app}", "{other}", "{stranger}"] {
        let frame = visitor.send("GET", &format!("{origin}/frame"), &[], "").await?;
        assert_eq!(frame.status, 200, "{origin}");
        assert!(frame.text.contains(&visitor.fill_in("data-app=\"{app}\"")), "{}", frame.text);
        let policy = frame.header("content-security-policy").ok_or("there is none")?;
        for directive in ["default-src 'none'", "connect-src {api}", "frame-ancestors {app}"] {
            let directive = visitor.fill_in(directive);
            assert!(policy.split("; ").any(|given| given == directive), "{directive}: {policy}");
        }
        let script = visitor.send("GET", &format!("{origin}/frame.js"), &[], "").await?;
        assert_eq!(script.header("content-type"), Some("text/javascript; charset=utf-8"));
    }
    for (origin, path) in
        [("{other}", "/"), ("{stranger}", "/places"), ("{api}", "/"), ("{api}", "/frame")]
    {
        let nothing = visitor.send("GET", &format!("{origin}{path}"), &[], "").await?;
        assert_eq!(nothing.status, 404, "{origin}{path}");
    }
    Ok(())
}

#[tokio::test]
async fn the_places_are_told() -> Tested {
    let visitor = Visitor::arrive().await?;
    let told = visitor.send("GET", "{app}/places", &[], "").await?.json()?;
    let expected =
        r#"{ "app": "{app}", "other": "{other}", "stranger": "{stranger}", "api": "{api}" }"#;
    assert_eq!(told, serde_json::from_str::<serde_json::Value>(&visitor.fill_in(expected))?);
    Ok(())
}
