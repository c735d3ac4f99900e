use super::{
    axis::Axis,
    canvas::{Anchor, Canvas, WIDTH},
};
use crate::{number::grouped, results::Counts};

/// Later ones are drawn over earlier ones.
const CONTENDERS: [&str; 5] = ["actix-cors", "hyper-cors", "tower-http", "tower-cors", "floor"];

const TITLE: &str = "What a request costs by the number of allowed origins";
const HEIGHT: f64 = 470.0;
const LEFT: f64 = 104.0;
const RIGHT: f64 = 574.0;
const TOP: f64 = 106.0;
const BOTTOM: f64 = 392.0;

/// How far apart labels are at least.
const LABEL_HEIGHT: f64 = 17.0;

struct Series {
    contender: &'static str,
    points: Vec<(f64, f64)>,
}

struct Label {
    contender: &'static str,
    x: f64,
    y: f64,
    cost: f64,
}

/// Draws a line for each contender: instructions over the inner service, by allowed origins.
pub(super) fn draw(counts: &Counts) -> Option<String> {
    let origins = origins(counts);
    let [least, .., most] = origins[..] else { return None };
    let all = CONTENDERS.map(|it| Series::of(it, counts));
    let series: Vec<Series> = all.into_iter().filter(|it| !it.points.is_empty()).collect();
    let costs = || series.iter().flat_map(|it| &it.points).map(|&(_, cost)| cost);
    let low = 10_f64.powf((costs().reduce(f64::min)? * 0.6).log10().floor());
    let high = 10_f64.powf(costs().reduce(f64::max)?.log10().ceil());
    let across = Axis::logarithmic(least, most, LEFT, RIGHT);
    let up = Axis::logarithmic(low, high, BOTTOM, TOP);

    let mut canvas = Canvas::new(
        TITLE,
        &[
            "Instructions for each request over the inner service, where the last of the allowed",
            "origins asks. Both axes are logarithmic.",
        ],
    );
    grid(&mut canvas, &origins, &across, &up);
    for Series { contender, points } in &series {
        let at: Vec<_> = points.iter().map(|&(x, y)| (across.at(x), up.at(y))).collect();
        canvas.polyline(contender, &at);
        for point in at {
            canvas.dot(contender, point, if *contender == "tower-cors" { 4.5 } else { 3.0 });
        }
    }
    for Label { contender, x, y, cost } in labels(&series, &across, &up) {
        let text = format!("{contender} {}", grouped(cost, 0));
        let class = format!("label {contender}");
        canvas.text(&class, x + 12.0, y + 4.0, Anchor::Start, &text);
    }
    Some(canvas.finish(HEIGHT, &counts.date, TITLE, &description(&series)))
}

/// The numbers of origins of the scenarios `1,000 origins, last` and their like.
fn origins(counts: &Counts) -> Vec<f64> {
    let mut origins: Vec<f64> = counts.scenarios().into_iter().filter_map(origins_of).collect();
    origins.sort_by(f64::total_cmp);
    origins
}

fn origins_of(scenario: &str) -> Option<f64> {
    if scenario == "allowed, 1 origin" {
        return Some(1.0);
    }
    scenario.strip_suffix(" origins, last")?.replace(',', "").parse().ok()
}

impl Series {
    fn of(contender: &'static str, counts: &Counts) -> Self {
        let point = |scenario| {
            let cost = counts.over(scenario, contender, "cloned").filter(|cost| *cost > 0.0)?;
            Some((origins_of(scenario)?, cost))
        };
        let mut points: Vec<_> = counts.scenarios().into_iter().filter_map(point).collect();
        points.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        Self { contender, points }
    }
}

fn grid(canvas: &mut Canvas, origins: &[f64], across: &Axis, up: &Axis) {
    for cost in up.ticks() {
        let y = up.at(cost);
        canvas.line("grid", (LEFT, y), (RIGHT, y));
        canvas.text("tick", LEFT - 12.0, y + 4.0, Anchor::End, &grouped(cost, 0));
    }
    canvas.line("axis", (LEFT, BOTTOM), (RIGHT, BOTTOM));
    for &count in origins {
        let x = across.at(count);
        canvas.line("axis", (x, BOTTOM), (x, BOTTOM + 5.0));
        canvas.text("tick", x, BOTTOM + 20.0, Anchor::Middle, &grouped(count, 0));
    }
    canvas.text("tick", WIDTH - 28.0, BOTTOM + 20.0, Anchor::End, "allowed origins");
}

/// At the lines' ends, but no two on top of each other.
fn labels(series: &[Series], across: &Axis, up: &Axis) -> Vec<Label> {
    let label = |Series { contender, points }: &Series| {
        let &(origins, cost) = points.last()?;
        Some(Label { contender, x: across.at(origins), y: up.at(cost), cost })
    };
    let mut labels: Vec<Label> = series.iter().filter_map(label).collect();
    labels.sort_by(|one, other| one.y.total_cmp(&other.y));
    // Each round moves a pair apart, perhaps onto its neighbours: they settle within a few.
    for _ in 0..100 {
        for nth in 1..labels.len() {
            let overlap = LABEL_HEIGHT - (labels[nth].y - labels[nth - 1].y);
            if overlap > 0.0 {
                labels[nth - 1].y -= overlap / 2.0;
                labels[nth].y += overlap / 2.0;
            }
        }
    }
    labels
}

fn description(series: &[Series]) -> String {
    let mut text = String::from("Instructions for each request over the inner service.");
    for Series { contender, points } in series {
        if let (Some((fewest, first)), Some((most, last))) = (points.first(), points.last()) {
            let [fewest, first, most, last] =
                [fewest, first, most, last].map(|number| grouped(*number, 0));
            text += &format!(
                " {contender}: {first} with {fewest} allowed, {last} with {most} allowed."
            );
        }
    }
    text
}
