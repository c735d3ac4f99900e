//! Policies that change while requests are under way.

use serde_json::json;

use crate::visitor::{Tested, Visitor};

const CASES: usize = 40;
const MESSAGES: usize = 8;
const POLICIES: [&str; 2] = ["", "allow_origins = '{app}'"];

/// Whichever policy answered, the explanation is of that one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn explanations_fit_their_responses() -> Tested {
    let visitor = Visitor::arrive().await?;
    let mut outcomes = [0, 0];
    for number in 0..CASES {
        let case = visitor.case(POLICIES[number % 2], json!({})).await?;
        let url = case["url"].as_str().ok_or("no URL")?;
        let ask = async {
            for _ in 0..MESSAGES {
                visitor.send("GET", url, &[("origin", "{app}")], "").await?;
            }
            Ok::<_, Box<dyn std::error::Error>>(())
        };
        let change = async {
            for count in 0..MESSAGES {
                visitor.put(POLICIES[count % 2]).await?;
            }
            Ok(())
        };
        tokio::try_join!(ask, change)?;
        let told = visitor.told(&case).await?;
        for message in told["messages"].as_array().ok_or("a list")? {
            let headers = message["response"]["headers"].as_array().ok_or("a list")?;
            let is_named = headers.iter().any(|header| header[0] == "access-control-allow-origin");
            let expected = if is_named { "allowed" } else { "denied" };
            assert_eq!(message["explanation"]["outcome"], expected, "{message:#}");
            outcomes[usize::from(is_named)] += 1;
        }
    }
    assert_eq!(outcomes[0] + outcomes[1], CASES * MESSAGES);
    assert!(outcomes.iter().all(|count| *count > 0), "{outcomes:?}: nothing changed meanwhile");
    Ok(())
}
