//! What the page makes the console say.

use crate::visit::{KINDS, Tested, Visit};

/// But for refused fetches nothing is told: no script fails, and nothing is kept by the page's
/// Content Security Policy.
#[tokio::test]
async fn the_console_tells_of_refused_fetches_alone() -> Tested {
    for kind in KINDS {
        let Some(mut visit) = Visit::begin(kind).await? else { continue };
        visit.engine.console().await?;
        visit.open("#tour=1").await?;
        for number in [1, 2] {
            visit.click(&format!("[data-move='{number}']")).await?;
            visit.wait(&format!("one('[data-told=\"{number}\"]')")).await?;
        }
        visit.click("#leave-tour").await?;
        visit.paste("allow_origins = [\"{app}/\"]").await?;
        visit.click("[data-remark] .fix").await?;
        visit.settle().await?;
        visit.send().await?;
        let console = visit.engine.console().await?;
        // Firefox tells of itself, too.
        let of_the_page =
            console.iter().filter(|line| line.contains("http://") || line.contains("Uncaught"));
        let (refused, others): (Vec<_>, Vec<_>) = of_the_page.partition(|line| {
            line.contains("Cross-Origin Request Blocked") || line.contains("CORS policy")
        });
        assert!(
            refused.iter().any(|line| line.contains(&visit.places().api)),
            "{kind}: {console:#?}"
        );
        let is_expected =
            |line: &&&String| line.contains("net::ERR_FAILED") && line.contains("/hello?case=");
        let others: Vec<_> = others.iter().filter(|line| !is_expected(line)).collect();
        assert!(others.is_empty(), "{kind}: {others:#?}");
        visit.engine.close().await?;
    }
    Ok(())
}
