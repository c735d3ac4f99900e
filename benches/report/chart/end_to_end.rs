use super::{
    axis::Axis,
    canvas::{Anchor, Canvas, MARGIN, WIDTH},
};
use crate::{
    number::grouped,
    results::{EndToEnd, Quartiles},
};

const CONTENDERS: [&str; 4] = ["tower-cors", "tower-http", "hyper-cors", "actix-cors"];
const REFERENCE: &str = "headers alone";

const TITLE: &str = "What CORS adds to a server’s work";
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 70.0;
const TOP: f64 = 150.0;
const BOTTOM: f64 = 330.0;
const BAR: f64 = 19.0;
/// From one bar's left edge to the next one's.
const PITCH: f64 = 24.0;
/// Between two stacks.
const GAP: f64 = 14.0;

/// Draws, for each stack, how much more CPU time a request takes than without CORS.
pub(super) fn draw(measured: &EndToEnd) -> Option<String> {
    let added = |stack, origins, contender| measured.added(stack, origins, contender);
    let entries = || {
        let each = |stack| measured.origins().into_iter().map(move |origins| (stack, origins));
        measured.stacks().into_iter().flat_map(each)
    };
    let bars: Vec<Quartiles> = entries()
        .flat_map(|(stack, origins)| CONTENDERS.map(|it| added(stack, origins, it)))
        .flatten()
        .collect();
    let lowest = bars.iter().map(|bar| bar.low).reduce(f64::min)?;
    let medians: Vec<f64> = bars.iter().map(|bar| bar.median).collect();
    let up = Axis::cut(lowest, &medians, BOTTOM, TOP);

    let mut canvas = Canvas::new(
        TITLE,
        &[
            "Percent more CPU time for each request than the same server without CORS, under load,",
            "by the number of allowed origins. Thin lines are quartiles.",
        ],
    );
    legend(&mut canvas, measured);
    grid(&mut canvas, &up);
    let width = (WIDTH - MARGIN - LEFT) / measured.stacks().len() as f64;
    let mut description = String::from("Percent more CPU time than without CORS.");
    for (nth, stack) in measured.stacks().into_iter().enumerate() {
        let left = LEFT + width * nth as f64 + GAP / 2.0;
        panel(&mut canvas, &up, measured, stack, (left, left + width - GAP));
        description += &described(measured, stack);
    }
    Some(canvas.finish(HEIGHT, &measured.date, TITLE, &description))
}

fn legend(canvas: &mut Canvas, measured: &EndToEnd) {
    let is_there = |contender: &str| measured.rows.iter().any(|row| row.contender == contender);
    let mut x = MARGIN;
    for contender in CONTENDERS.into_iter().filter(|it| is_there(it)) {
        canvas.bar(contender, (x, 93.0), 12.0, 12.0);
        canvas.text(&format!("key {contender}"), x + 19.0, 103.5, Anchor::Start, contender);
        x += 106.0;
    }
    if is_there(REFERENCE) {
        canvas.line("mark", (x, 99.0), (x + 14.0, 99.0));
        let text = "the headers alone, set by the handler";
        canvas.text("key", x + 21.0, 103.5, Anchor::Start, text);
    }
}

fn grid(canvas: &mut Canvas, up: &Axis) {
    for percent in up.ticks() {
        let y = up.at(percent);
        let class = if percent == 0.0 { "axis" } else { "grid" };
        canvas.line(class, (LEFT, y), (WIDTH - MARGIN, y));
        let text = format!("{}%", grouped(percent, 0));
        canvas.text("tick", LEFT - 10.0, y + 4.0, Anchor::End, &text);
    }
}

fn panel(
    canvas: &mut Canvas,
    up: &Axis,
    measured: &EndToEnd,
    stack: &str,
    (left, right): (f64, f64),
) {
    let counts = measured.origins();
    let group = (right - left) / counts.len() as f64;
    for (nth, origins) in counts.into_iter().enumerate() {
        let middle = left + group * (nth as f64 + 0.5);
        let bars: Vec<_> = CONTENDERS
            .into_iter()
            .filter_map(|it| Some((it, measured.added(stack, origins, it)?)))
            .collect();
        let half = (PITCH * bars.len() as f64 - (PITCH - BAR)) / 2.0;
        for (nth, (contender, added)) in bars.into_iter().enumerate() {
            bar(canvas, up, contender, middle - half + PITCH * nth as f64, added);
        }
        if let Some(added) = measured.added(stack, origins, REFERENCE) {
            let y = up.at(added.median);
            canvas.line("mark", (middle - half - 1.0, y), (middle + half + 1.0, y));
        }
        let text = grouped(origins as f64, 0);
        canvas.text("tick", middle, BOTTOM + 18.0, Anchor::Middle, &text);
    }
    canvas.text("group", (left + right) / 2.0, BOTTOM + 40.0, Anchor::Middle, stack);
}

/// A bar with its quartiles; one that goes beyond the axis is cut.
fn bar(canvas: &mut Canvas, up: &Axis, contender: &str, x: f64, added: Quartiles) {
    let [zero, top] = [0.0, added.median].map(|percent| up.at(percent));
    canvas.bar(contender, (x, top.min(zero)), BAR, (top - zero).abs().max(1.0));
    let mut highest = top.min(zero);
    if up.is_cut(added.median) {
        for y in [top + 12.0, top + 19.0] {
            canvas.line("cut", (x - 1.0, y + 3.0), (x + BAR + 1.0, y - 3.0));
        }
    } else {
        let [low, high] = [added.low, added.high].map(|percent| up.at(percent));
        let middle = x + BAR / 2.0;
        canvas.line("range", (middle, low), (middle, high));
        highest = highest.min(high);
    }
    let text = format!("{}%", grouped(added.median, 0));
    let class = format!("value {contender}");
    canvas.text(&class, x + BAR / 2.0, highest - 5.0, Anchor::Middle, &text);
}

fn described(measured: &EndToEnd, stack: &str) -> String {
    let mut text = format!(" {stack}:");
    for origins in measured.origins() {
        for contender in CONTENDERS {
            if let Some(added) = measured.added(stack, origins, contender) {
                let (allowed, percent) = (grouped(origins as f64, 0), grouped(added.median, 0));
                text += &format!(" {contender} with {allowed} allowed, {percent} percent;");
            }
        }
    }
    text
}
