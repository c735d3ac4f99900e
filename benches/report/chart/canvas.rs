use std::fmt::{Display, Write};

/// How wide every chart is, in pixels.
pub(super) const WIDTH: f64 = 760.0;

/// Where the left edge of titles and footers is.
pub(super) const MARGIN: f64 = 28.0;

const STYLE: &str = include_str!("style.css");

/// An SVG in the making. What an element looks like, its classes say.
pub(super) struct Canvas {
    body: String,
}

/// Which part of a text is at its place.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    End,
    Middle,
    Start,
}

impl Canvas {
    /// Begins with a heading and what it means, line by line.
    pub(super) fn new(heading: &str, subtitle: &[&str]) -> Self {
        let mut canvas = Self { body: String::new() };
        canvas.text("heading", MARGIN, 36.0, Anchor::Start, heading);
        for (line, text) in subtitle.iter().enumerate() {
            canvas.text("muted", MARGIN, 57.0 + 17.0 * line as f64, Anchor::Start, text);
        }
        canvas
    }

    pub(super) fn text(&mut self, class: &str, x: f64, y: f64, anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::End => "end",
            Anchor::Middle => "middle",
            Anchor::Start => "start",
        };
        let text = escaped(text);
        self.element(format_args!(
            r#"<text class="{class}" x="{x:.1}" y="{y:.1}" text-anchor="{anchor}">{text}</text>"#
        ));
    }

    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.element(format_args!(
            r#"<line class="{class}" x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}"/>"#
        ));
    }

    /// Lines from point to point.
    pub(super) fn polyline(&mut self, class: &str, points: &[(f64, f64)]) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let points = points.join(" ");
        self.element(format_args!(r#"<polyline class="{class}" points="{points}"/>"#));
    }

    pub(super) fn dot(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        self.element(format_args!(
            r#"<circle class="{class}" cx="{x:.1}" cy="{y:.1}" r="{radius}"/>"#
        ));
    }

    pub(super) fn bar(&mut self, class: &str, (x, y): (f64, f64), width: f64, height: f64) {
        self.element(format_args!(
            r#"<rect class="{class}" x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" rx="1.5"/>"#
        ));
    }

    /// Adds the frame and the footer. The title and the description are for who cannot see it.
    pub(super) fn finish(self, height: f64, date: &str, title: &str, description: &str) -> String {
        let mut canvas = self;
        let foot = height - 18.0;
        canvas.text("foot", MARGIN, foot, Anchor::Start, &format!("Measured {date}"));
        canvas.text("foot", WIDTH - MARGIN, foot, Anchor::End, "Redrawn by benches/run");
        let (title, description, body) = (escaped(title), escaped(description), canvas.body);
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title description">
<title id="title">{title}</title>
<desc id="description">{description}</desc>
<style>
{STYLE}</style>
<rect class="card" x="0.5" y="0.5" width="{}" height="{}" rx="8"/>
{body}</svg>
"#,
            WIDTH - 1.0,
            height - 1.0
        )
    }

    fn element(&mut self, element: impl Display) {
        writeln!(self.body, "{element}").expect("a string can be written to");
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
