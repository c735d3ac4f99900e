//! The editor, and what is offered to mend.

use serde_json::json;

use crate::visit::{KINDS, Tested, Visit};

const ENTER: char = '\u{E007}';

#[tokio::test]
async fn typing_shows_problems_and_a_fix_mends_them() -> Tested {
    for kind in KINDS {
        let Some(mut visit) = Visit::begin(kind).await? else { continue };
        visit.paste("allow_origins = [\"{app}\"] # mine").await?;
        visit
            .run(
                "const area = one('#policy-text'); area.focus();
            area.setSelectionRange(area.value.length, area.value.length);",
            )
            .await?;
        visit.engine.press(&[ENTER]).await?;
        visit.type_text("allow_methods = \"PUT, TRACE\"").await?;
        visit.wait("one('[data-remark=forbidden-method]')").await?;
        let remark = visit
            .run(
                "return [
            text('[data-remark] .remark-text'),
            one('[data-remark]').dataset.kind,
            text('#policy-paint [data-index]'),
            one('#serving').dataset.serving,
        ]",
            )
            .await?;
        let told =
            "allow_methods \"TRACE\": browsers never send this method for a page; leave it out";
        assert_eq!(remark, json!([told, "problem", "TRACE", "kept"]), "{kind}");

        visit.click("[data-remark=forbidden-method] .fix").await?;
        visit.wait("one('#serving').dataset.serving === 'serving'").await?;
        let mended =
            visit.run("return [one('#policy-text').value, all('[data-remark]').length]").await?;
        let expected = visit.fill_in("allow_origins = [\"{app}\"] # mine\nallow_methods = \"PUT\"");
        assert_eq!(mended, json!([expected, 0]), "{kind}");
        visit.engine.close().await?;
    }
    Ok(())
}

#[tokio::test]
async fn what_builds_is_served_and_what_does_not_leaves_the_last() -> Tested {
    for kind in KINDS {
        let Some(mut visit) = Visit::begin(kind).await? else { continue };
        visit.choose_hello().await?;
        let rows = [
            ("allow_origins = [\"{other}\"]", "serving", "kept"),
            ("allow_origins = [\"{app}\"]", "serving", "readable"),
            ("allow_origins = [\"{app}/\"]", "kept", "readable"),
            ("allow_origins = [", "kept", "readable"),
            ("allow_origins = [\"{other}\"] # again", "serving", "kept"),
        ];
        for (policy, serving, verdict) in rows {
            visit.paste(policy).await?;
            visit.send().await?;
            let seen = visit
                .run("return [one('#serving').dataset.serving, one('#verdict').dataset.verdict]")
                .await?;
            assert_eq!(seen, json!([serving, verdict]), "{kind}: {policy}");
            if serving == "kept" {
                let said = visit.run("return text('#serving')").await?;
                assert_eq!(said, "not serving: the last policy that built goes on", "{kind}");
            }
        }
        visit.engine.close().await?;
    }
    Ok(())
}

/// From a refused preflight to a response that is read, by clicks alone.
#[tokio::test]
async fn the_fixes_of_an_explanation_lead_to_a_readable_response() -> Tested {
    for kind in KINDS {
        let Some(mut visit) = Visit::begin(kind).await? else { continue };
        visit.send().await?;
        let fresh = visit
            .run("return [one('#verdict').dataset.verdict, all('[data-message]').length]")
            .await?;
        assert_eq!(fresh, json!(["kept", 1]), "{kind}");
        visit.click("[data-explanation=denied] .fix").await?;
        visit.settle().await?;
        let policy = visit.run("return one('#policy-text').value").await?;
        let policy = policy.as_str().unwrap_or_default();
        assert!(
            policy.ends_with("allow_headers = [\"authorization\", \"content-type\"]\n"),
            "{kind}: {policy}"
        );
        let before = visit.run("return one('#result').dataset.case").await?;
        visit.click("#send-again").await?;
        visit.sent_after(&before).await?;
        let seen = visit
            .run("return [one('#verdict').dataset.verdict, all('[data-message]').length]")
            .await?;
        assert_eq!(seen, json!(["readable", 2]), "{kind}");
        visit.engine.close().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_hidden_header_is_exposed_by_a_click() -> Tested {
    for kind in KINDS {
        let Some(mut visit) = Visit::begin(kind).await? else { continue };
        visit.open("#tour=7").await?;
        visit.click("[data-move='1']").await?;
        visit.click("[data-hidden] .fix").await?;
        visit.settle().await?;
        let before = visit.run("return one('#result').dataset.case").await?;
        visit.click("#send-again").await?;
        visit.sent_after(&before).await?;
        let hidden = visit
            .run("return all('[data-hidden-header]').map((header) => header.dataset.hiddenHeader)")
            .await?;
        for name in ["x-total-count", "etag"] {
            assert!(
                !hidden.as_array().is_some_and(|all| all.contains(&name.into())),
                "{kind}: {hidden}"
            );
        }
        visit.engine.close().await?;
    }
    Ok(())
}

/// Chromium sends client hints without a preflight, and the standard asks for one.
#[tokio::test]
async fn disagreements_are_marked() -> Tested {
    for kind in KINDS {
        let Some(mut visit) = Visit::begin(kind).await? else { continue };
        visit.paste("allow_origins = [\"{app}\"]\nallow_headers = [\"dpr\"]").await?;
        visit.choose_hello().await?;
        visit.click("#add-header").await?;
        visit
            .run(
                "const row = [...all('#header-rows input')];
            row.at(-2).value = 'dpr';
            row.at(-1).value = '1';
            row.at(-1).dispatchEvent(new InputEvent('input', { bubbles: true }));",
            )
            .await?;
        visit.send().await?;
        let marked = visit
            .run(
                "return [
            one('[data-agreement]').dataset.agreement,
            all('[data-differs]').map((row) => row.dataset.compared),
            all('[data-odd]').map((cell) => cell.dataset.opinion),
            one('[data-predicted]').dataset.predicted,
        ]",
            )
            .await?;
        let expected = match kind.to_string().as_str() {
            "chromium" => json!(["differ", ["preflights"], ["strict"], "false"]),
            _ => json!(["agree", [], [], "true"]),
        };
        assert_eq!(marked, expected, "{kind}");
        visit.engine.close().await?;
    }
    Ok(())
}
