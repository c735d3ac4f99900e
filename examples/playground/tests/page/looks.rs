//! Narrow windows, and users who want less motion.

use serde_json::json;
use tower_cors_browsers::engine::Preference;

use crate::visit::{KINDS, Tested, Visit};

/// What sticks out of the window, but for what is in a part that scrolls by itself.
const OUTSIDE: &str = "
    const { clientWidth, scrollWidth } = document.documentElement;
    const scrolls = (element) => element && (element.matches('pre, .scrolls, textarea')
        || ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(element).overflowX)
        || scrolls(element.parentElement));
    const sticksOut = (element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return width > 0 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
            && (left < 0 || right > clientWidth) && !scrolls(element);
    };
    const names = all('body *').filter(sticksOut).map((element) => element.outerHTML.slice(0, 120));
    return [innerWidth, scrollWidth - clientWidth, names];
";

#[tokio::test]
async fn nothing_sticks_out_of_a_phone() -> Tested {
    for kind in KINDS {
        let Some(mut visit) = Visit::begin(kind).await? else { continue };
        visit.engine.resize(360, 740).await?;
        let policies = [
            "allow_origins = [\"https://x.example/\", \"{app}\"]\nallow_orgins = []",
            "allow_origins = [\"{app}\"]\nexpose_headers = [\"x-total-count\"]",
        ];
        for policy in policies {
            visit.paste(policy).await?;
            visit.send().await?;
            let outside = visit.run(OUTSIDE).await?;
            assert_eq!(outside, json!([360, 0, []]), "{kind}: {policy}\n{outside:#}");
        }
        for step in 1..=8 {
            visit.open(&format!("#tour={step}")).await?;
            visit.click("[data-move='1']").await?;
            visit.wait("one('[data-told=\"1\"]')").await?;
            let outside = visit.run(OUTSIDE).await?;
            assert_eq!(outside, json!([360, 0, []]), "{kind}: step {step}\n{outside:#}");
        }
        visit.engine.close().await?;
    }
    Ok(())
}

const MOVING: &str = "
    const lasts = (durations) => durations.split(',').some((duration) => parseFloat(duration) > 0);
    const moves = (element) => ['', '::before', '::after'].some((part) => {
        const style = getComputedStyle(element, part);
        return lasts(style.transitionDuration) || (style.animationName !== 'none' && lasts(style.animationDuration));
    });
    const smooth = all('*').some((element) => getComputedStyle(element).scrollBehavior === 'smooth');
    return all('*').filter(moves).length + Number(smooth);
";

#[tokio::test]
async fn nothing_moves_for_those_who_want_less_motion() -> Tested {
    for kind in KINDS {
        let Some(mut visit) = Visit::begin(kind).await? else { continue };
        for (preferences, is_still) in [([].as_slice(), false), (&[Preference::LessMotion], true)] {
            visit.engine.prefer(preferences).await?;
            visit.open("#tour=1").await?;
            visit.click("[data-move='1']").await?;
            visit.wait("one('[data-told=\"1\"]')").await?;
            let moving = visit.run(MOVING).await?;
            assert_eq!(moving == 0, is_still, "{kind}: {preferences:?}: {moving}");
        }
        visit.engine.close().await?;
    }
    Ok(())
}
