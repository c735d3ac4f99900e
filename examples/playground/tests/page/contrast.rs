//! All text over its background, in both color schemes:
//! <https://www.w3.org/TR/WCAG22/#contrast-minimum>

use serde_json::json;
use tower_cors_browsers::engine::Preference;

use crate::visit::{KINDS, Tested, Visit};

/// The browser itself puts the colors on top of each other, whatever their notation.
const FAINT: &str = "
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const over = (colors) => {
        context.globalAlpha = 1;
        for (const [color, alpha] of colors) {
            context.globalAlpha = alpha;
            context.fillStyle = color;
            context.fillRect(0, 0, 1, 1);
        }
        return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const linear = (byte) => {
        const part = byte / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    };
    const luminance = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    const contrast = (one, other) => {
        const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
        return (light + 0.05) / (dark + 0.05);
    };
    const lineage = (element) => element ? [...lineage(element.parentElement), element] : [];
    const judge = (element) => {
        const line = lineage(element);
        const backgrounds = line.map((one) => [getComputedStyle(one).backgroundColor, 1]);
        const style = getComputedStyle(element);
        const opacity = line.reduce((all, one) => all * Number(getComputedStyle(one).opacity), 1);
        const size = parseFloat(style.fontSize);
        const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        const behind = [['Canvas', 1], ...backgrounds];
        const ratio = contrast(over(behind), over([...behind, [style.color, opacity]]));
        return { ratio, isEnough: ratio >= (isLarge ? 3 : 4.5), hasImage: line.some((one) => getComputedStyle(one).backgroundImage !== 'none') };
    };
    const holdsText = (element) => element.matches('input, select, textarea')
        || [...element.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
    const isSeen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        && !element.matches(':disabled, script, style, title, option, .visually-hidden')
        // The text area's own text is see-through: it is painted behind.
        && element.id !== 'policy-text';
    const texts = all('body *').filter((element) => holdsText(element) && isSeen(element));
    const judged = texts.map((element) => ({ ...judge(element), html: element.outerHTML.slice(0, 100) }));
    const faint = judged.filter(({ isEnough, hasImage }) => !isEnough || hasImage);
    const page = over(lineage(document.body).map((one) => [getComputedStyle(one).backgroundColor, 1]));
    return { count: texts.length, isDark: luminance(page) < 0.2, faint };
";

#[tokio::test]
async fn text_stands_out_from_its_background_in_both_schemes() -> Tested {
    for kind in KINDS {
        let Some(mut visit) = Visit::begin(kind).await? else { continue };
        for (scheme, is_dark) in [(Preference::Light, false), (Preference::Dark, true)] {
            visit.engine.prefer(&[scheme, Preference::LessMotion]).await?;
            visit.open("").await?;
            judge(&mut visit, is_dark, "fresh").await?;
            visit.send().await?;
            visit.run("one('.lit').focus()").await?;
            judge(&mut visit, is_dark, "refused, a header explained").await?;
            for policy in
                ["allow_origins = [\"{app}/\", \"*\"] # x\nmax_age = 86401", "allow_origins = ["]
            {
                visit.paste(policy).await?;
                judge(&mut visit, is_dark, policy).await?;
            }
            visit.open("#tour=7").await?;
            visit.click("[data-move='1']").await?;
            visit.wait("one('[data-told=\"1\"]')").await?;
            judge(&mut visit, is_dark, "readable, in the tour").await?;
        }
        visit.engine.close().await?;
    }
    Ok(())
}

async fn judge(visit: &mut Visit, is_dark: bool, state: &str) -> Tested {
    let judged = visit.run(FAINT).await?;
    let kind = visit.kind;
    assert_eq!(judged["isDark"], is_dark, "{kind}: {state}");
    assert!(judged["count"].as_u64() > Some(20), "{kind}: {state}: {judged:#}");
    assert_eq!(judged["faint"], json!([]), "{kind}, dark: {is_dark}: {state}");
    Ok(())
}
