//! What anyone may send without end stays bounded.

use serde_json::json;

use crate::visitor::{Tested, Visitor};

#[tokio::test]
async fn the_oldest_cases_are_forgotten() -> Tested {
    let visitor = Visitor::arrive().await?;
    let first = visitor.case("", json!({})).await?;
    let second = visitor.case("", json!({})).await?;
    for _ in 0..255 {
        visitor.case("", json!({})).await?;
    }
    let status = async |case: &serde_json::Value| {
        let url = format!("{{app}}/cases/{}", case["id"]);
        visitor.send("GET", &url, &[], "").await.map(|answer| answer.status.as_u16())
    };
    assert_eq!(status(&first).await?, 404);
    assert_eq!(status(&second).await?, 200);
    Ok(())
}

#[tokio::test]
async fn a_case_keeps_a_few_messages_of_ordinary_length() -> Tested {
    let visitor = Visitor::arrive().await?;
    let case = visitor.case("", json!({})).await?;
    let url = case["url"].as_str().ok_or("no URL")?;
    let long = "x".repeat(17 * 1024);
    let answer = visitor.send("GET", url, &[("x-long", &long)], "").await?;
    assert_eq!(answer.status, 200);
    for _ in 0..20 {
        visitor.send("GET", url, &[], "").await?;
    }
    let told = visitor.told(&case).await?;
    assert_eq!(told["messages"].as_array().map(Vec::len), Some(8));
    assert!(!told.to_string().contains("x-long"));
    Ok(())
}

#[tokio::test]
async fn the_cache_keeps_some_answers() -> Tested {
    let visitor = Visitor::arrive().await?;
    let ask = async |number: usize| {
        visitor.send("GET", &format!("{{api}}/cached?number={number}"), &[], "").await
    };
    for number in 0..65 {
        ask(number).await?;
    }
    assert_eq!(ask(64).await?.header("x-cache"), Some("hit"));
    assert_eq!(ask(0).await?.header("x-cache"), Some("miss"));
    Ok(())
}
