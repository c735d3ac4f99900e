//! Links that hold a case.

use serde_json::json;
use tower_cors_playground::{Playground, Ports};

use crate::visit::{KINDS, Tested, Visit};

const CASE: &str = "return {
    policy: one('#policy-text').value,
    from: one('[data-from]:checked').value,
    method: one('#method').value,
    path: one('#path').value,
    headers: all('#header-rows input').map((input) => input.value),
    body: [one('#body-type').value, one('#body-text').value],
    credentials: one('#credentials').value,
    verdict: one('#verdict').dataset.verdict,
    kinds: all('[data-message]').map((message) => message.dataset.message),
    explanation: text('[data-explanation] pre'),
}";

#[tokio::test]
async fn a_link_opens_with_the_same_case_and_result_at_other_ports_too() -> Tested {
    for kind in KINDS {
        let Some(mut visit) = Visit::begin(kind).await? else { continue };
        visit.paste("# ü 😀\nallow_origins = [\"{other}\"]\nallow_methods = [\"PUT\"]\n").await?;
        visit.run("one('#credentials').value = 'omit'; one('#body-text').value = '{\"ü\": \"{app}\"}';
            one('#fetch').dispatchEvent(new Event('input'));").await?;
        visit.send().await?;
        let first = visit.run(CASE).await?;
        assert_eq!(
            [&first["verdict"], &first["kinds"]],
            [&json!("kept"), &json!(["preflight"])],
            "{kind}"
        );
        let hash = visit.run("return location.hash").await?;
        let hash = hash.as_str().ok_or("no hash")?.to_owned();
        assert!(hash.starts_with("#case="), "{kind}: {hash}");

        let told = first.to_string();
        let names =
            [("{app}", visit.places().app.clone()), ("{other}", visit.places().other.clone())];
        visit.playground = Playground::start(Ports::Free).await?;
        let told =
            names.iter().fold(told, |told, (name, origin)| told.replace(origin.as_str(), name));
        visit.open(&hash).await?;
        visit.send().await?;
        let second = visit.run(CASE).await?;
        assert_eq!(
            second,
            serde_json::from_str::<serde_json::Value>(&visit.fill_in(&told))?,
            "{kind}"
        );
        visit.engine.close().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_broken_link_is_told() -> Tested {
    for kind in KINDS {
        let Some(mut visit) = Visit::begin(kind).await? else { continue };
        for hash in ["#case=!", "#case=bm9uZQ", "#tour=9", "#tour=0"] {
            visit.open(hash).await?;
            let told = visit
                .run("return [one('#notice').hidden, one('#policy-text').value.length > 0]")
                .await?;
            assert_eq!(told, json!([false, true]), "{kind}: {hash}");
        }
        visit.open("").await?;
        assert_eq!(visit.run("return one('#notice').hidden").await?, true, "{kind}");
        visit.engine.close().await?;
    }
    Ok(())
}
