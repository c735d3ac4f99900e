use super::{
    axis::Axis,
    canvas::{Anchor, Canvas, MARGIN},
};
use crate::{number::grouped, results::Counts};

const SCENARIOS: [&str; 11] = [
    "not CORS",
    "allowed, 1 origin",
    "denied, 1 origin",
    "any origin",
    "credentials, exposed headers",
    "1,000 origins, last",
    "1,000 wildcards, depth 1",
    "1,000 wildcards, depth 3",
    "preflight, 3 headers",
    "preflight, origin refused",
    "origin of 1 MiB",
];

const CONTENDERS: [&str; 3] = ["tower-cors", "floor", "tower-http"];

const TITLE: &str = "What a request costs, case by case";
const LEFT: f64 = 222.0;
const RIGHT: f64 = 660.0;
const TOP: f64 = 122.0;
const BAR: f64 = 12.0;
/// From one bar's top to the next one's.
const PITCH: f64 = 14.0;
/// From one scenario's top to the next one's.
const ROW: f64 = 56.0;

/// Draws a bar for each contender in some telling scenarios: instructions over the inner service.
pub(super) fn draw(counts: &Counts) -> Option<String> {
    let known = counts.scenarios();
    let shown: Vec<&str> = SCENARIOS.into_iter().filter(|it| known.contains(it)).collect();
    let cost = |scenario, contender| counts.over(scenario, contender, "cloned");
    let costs: Vec<f64> = shown
        .iter()
        .flat_map(|scenario| CONTENDERS.map(|it| cost(scenario, it)))
        .flatten()
        .collect();
    if costs.is_empty() {
        return None;
    }
    let across = Axis::cut(0.0, &costs, LEFT, RIGHT);
    let bottom = TOP + ROW * shown.len() as f64;

    let mut canvas = Canvas::new(
        TITLE,
        &[concat!(
            "Instructions for each request over the inner service. ",
            "Where a bar is cut, its number says how far it goes."
        )],
    );
    legend(&mut canvas);
    grid(&mut canvas, &across, bottom);
    let mut description = String::from("Instructions for each request over the inner service.");
    for (nth, scenario) in shown.iter().enumerate() {
        let top = TOP + ROW * nth as f64 + 8.0;
        canvas.text("row", LEFT - 14.0, top + PITCH + 10.0, Anchor::End, scenario);
        description += &format!(" {scenario}:");
        for (nth, contender) in CONTENDERS.into_iter().enumerate() {
            if let Some(cost) = cost(scenario, contender) {
                bar(&mut canvas, &across, contender, top + PITCH * nth as f64, cost);
                description += &format!(" {contender} {};", grouped(cost, 0));
            }
        }
    }
    canvas.line("axis", (LEFT, TOP), (LEFT, bottom));
    Some(canvas.finish(bottom + 62.0, &counts.date, TITLE, &description))
}

fn legend(canvas: &mut Canvas) {
    let entries = [
        ("tower-cors", "tower-cors", MARGIN),
        ("floor", "floor: the least it can cost", MARGIN + 112.0),
        ("tower-http", "tower-http", MARGIN + 318.0),
    ];
    for (contender, text, x) in entries {
        canvas.bar(contender, (x, 76.0), 12.0, 12.0);
        canvas.text(&format!("key {contender}"), x + 19.0, 86.5, Anchor::Start, text);
    }
}

fn grid(canvas: &mut Canvas, across: &Axis, bottom: f64) {
    for cost in across.ticks() {
        let x = across.at(cost);
        canvas.line("grid", (x, TOP), (x, bottom));
        canvas.text("tick", x, bottom + 18.0, Anchor::Middle, &grouped(cost, 0));
    }
}

/// A bar that goes beyond the axis is cut, and its number says how far it would go.
fn bar(canvas: &mut Canvas, across: &Axis, contender: &str, y: f64, cost: f64) {
    let end = across.at(cost);
    canvas.bar(contender, (LEFT, y), (end - LEFT).max(1.0), BAR);
    if across.is_cut(cost) {
        for x in [end - 18.0, end - 11.0] {
            canvas.line("cut", (x - 3.0, y + BAR + 1.0), (x + 3.0, y - 1.0));
        }
    }
    let class = format!("value {contender}");
    canvas.text(&class, end + 6.0, y + 10.0, Anchor::Start, &grouped(cost, 0));
}
