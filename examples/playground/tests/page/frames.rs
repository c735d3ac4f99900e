//! The frames fetch for the playground's page alone.

use crate::visit::{KINDS, Tested, Visit};

/// A page of the frame's own origin asks it, and then fetches something itself.
#[tokio::test]
async fn a_frame_does_nothing_for_other_origins() -> Tested {
    for kind in KINDS {
        let Some(mut visit) = Visit::begin(kind).await? else { continue };
        for (origin, hears) in [("{app}", true), ("{other}", false), ("{stranger}", false)] {
            visit.open("").await?;
            visit.choose_hello().await?;
            visit.send().await?;
            let case = visit.run("return one('#result').dataset.case").await?;
            let case = case.as_str().ok_or("no case")?.to_owned();
            let frame = visit.fill_in(&format!("{origin}/frame"));
            visit.engine.open(&frame).await?;
            let url = visit.fill_in(&format!("{{api}}/hello?case={case}"));
            let ask = format!(
                "
                const init = {{ method: 'GET', headers: [], body: null, mode: 'no-cors' }};
                postMessage({{ id: 1, url: '{url}&asked', init }}, '*');
                addEventListener('message', () => fetch('{url}&own', {{ mode: 'no-cors' }})
                    .then(() => document.body.dataset.done = true));
                postMessage({{}}, '*');
            "
            );
            visit.run(&ask).await?;
            visit.wait("document.body.dataset.done").await?;
            visit.engine.open(&visit.places().app.clone()).await?;
            let told = visit.targets(&case).await?;
            assert!(told.iter().any(|target| target.ends_with("&own")), "{kind}: {told:?}");
            let was_asked = told.iter().any(|target| target.ends_with("&asked"));
            assert_eq!(was_asked, hears, "{kind}: {origin}: {told:?}");
        }
        visit.engine.close().await?;
    }
    Ok(())
}
