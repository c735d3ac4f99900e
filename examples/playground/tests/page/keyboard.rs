//! The playground without a mouse.

use serde_json::json;

use crate::visit::{KINDS, Tested, Visit};

const TAB: char = '\u{E004}';
const ENTER: char = '\u{E007}';
const CONTROL: char = '\u{E009}';
const ESCAPE: char = '\u{E00C}';

/// Numbers what can be focused, in the order of the document. Of radio buttons one is a stop.
const NUMBER: &str = "
    const focusable = all('button, input, select, textarea, a[href], summary, [tabindex=\"0\"]');
    const stops = focusable.filter((element) =>
        !element.disabled && element.checkVisibility({ visibilityProperty: true })
        && (element.type !== 'radio' || element.checked));
    stops.forEach((element, index) => { element.dataset.stop = index; });
    document.activeElement?.blur();
    return stops.map((element) => element.id || element.textContent.trim().slice(0, 40));
";

#[tokio::test]
async fn tab_reaches_every_control_in_the_order_of_the_page() -> Tested {
    for kind in KINDS {
        let Some(mut visit) = Visit::begin(kind).await? else { continue };
        visit.send().await?;
        let stops = visit.run(NUMBER).await?;
        let stops = stops.as_array().ok_or("a list")?.clone();
        assert!(stops.len() > 20, "{stops:?}");
        let mut reached: Vec<u64> = Vec::new();
        for _ in 0..3 * stops.len() {
            visit.engine.press(&[TAB]).await?;
            let at = visit.run("return document.activeElement?.dataset.stop ?? null").await?;
            let at = at.as_str().and_then(|at| at.parse().ok());
            if at == reached.first().copied() && at.is_some() {
                break;
            }
            reached.extend(at);
        }
        let from_first = reached.iter().position(|at| *at == 0).unwrap_or_default();
        reached.rotate_left(from_first);
        let all: Vec<u64> = (0..).take(stops.len()).collect();
        assert_eq!(reached, all, "{kind}: {stops:#?}");
        visit.engine.close().await?;
    }
    Ok(())
}

#[tokio::test]
async fn control_enter_sends_from_anywhere_and_enter_from_a_field() -> Tested {
    for kind in KINDS {
        let Some(mut visit) = Visit::begin(kind).await? else { continue };
        let ways: [(&str, &[char]); 5] = [
            ("#policy-text", &[CONTROL, ENTER]),
            ("#body-text", &[CONTROL, ENTER]),
            ("#start-tour", &[CONTROL, ENTER]),
            ("#method", &[ENTER]),
            ("#send", &[ENTER]),
        ];
        for (from, keys) in ways {
            let policy = visit.run("return one('#policy-text').value").await?;
            let before = visit.run("return one('#result').dataset.case ?? ''").await?;
            visit.run(&format!("one('{from}').focus()")).await?;
            visit.engine.press(keys).await?;
            visit.sent_after(&before).await?;
            let after =
                visit.run("return [one('#policy-text').value, one('#tour').hidden]").await?;
            assert_eq!(after, json!([policy, true]), "{kind}: {from}: it sends, and nothing else");
        }
        visit.engine.close().await?;
    }
    Ok(())
}

#[tokio::test]
async fn each_header_of_cors_is_explained_on_focus() -> Tested {
    for kind in KINDS {
        let Some(mut visit) = Visit::begin(kind).await? else { continue };
        visit.open("#tour=2").await?;
        visit.click("[data-move='1']").await?;
        visit.wait("one('[data-told=\"1\"]')").await?;
        visit.click("[data-move='2']").await?;
        visit.wait("one('[data-told=\"2\"]') && all('[data-message]').length === 2").await?;
        let lit = visit.run("return all('.is-lit').map((item) => item.dataset.header)").await?;
        let lit = lit.as_array().ok_or("a list")?.clone();
        for name in
            ["origin", "access-control-request-headers", "access-control-allow-origin", "vary"]
        {
            assert!(lit.contains(&name.into()), "{kind}: {name}: {lit:?}");
        }
        for index in 0..lit.len() {
            is_explained(&mut visit, index).await?;
        }
        visit.engine.close().await?;
    }
    Ok(())
}

/// Of the header with this number among those of CORS.
async fn is_explained(visit: &mut Visit, index: usize) -> Tested {
    let tip = format!("all('.is-lit .tip')[{index}]");
    let options = "{ opacityProperty: true, visibilityProperty: true }";
    let is_seen = format!("{tip}.checkVisibility({options})");
    visit.run("document.activeElement?.blur()").await?;
    visit.wait(&format!("!{is_seen}")).await?;
    visit.run(&format!("all('.lit')[{index}].focus()")).await?;
    visit.wait(&is_seen).await?;
    let script = format!(
        "const tip = document.getElementById(all('.lit')[{index}].getAttribute('aria-describedby'));
        return [tip === {tip}, text('p', {tip}).length > 20, one('a', {tip}).protocol]"
    );
    let told = visit.run(&script).await?;
    let header = visit.run(&format!("return all('.is-lit')[{index}].textContent")).await?;
    assert_eq!(told, json!([true, true, "https:"]), "{}: {header}", visit.kind);
    visit.engine.press(&[ESCAPE]).await?;
    visit.wait(&format!("!{is_seen}")).await.map(drop)
}
