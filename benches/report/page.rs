use std::collections::BTreeMap;

use crate::{chart::Chart, results::Results, sections};

/// The page's prose. Of its sections, those stay whose every `{placeholder}` has a value.
const TEMPLATE: &str = include_str!("page.md");

/// What the placeholders stand for.
pub(crate) type Values = BTreeMap<&'static str, String>;

pub(crate) fn write(results: &Results, charts: &[Chart]) -> String {
    let mut values = sections::values(results);
    values.extend(charts.iter().map(|chart| (chart.name, chart.name.to_owned())));
    sections_of(TEMPLATE).filter_map(|section| fill(section, &values)).collect()
}

/// A section begins with its heading and ends before the next one.
fn sections_of(template: &str) -> impl Iterator<Item = &str> {
    let is_heading = |at: &usize| {
        let rest = &template[*at..];
        rest.starts_with("## ") || rest.starts_with("### ")
    };
    let line_starts = template.match_indices('\n').map(|(at, _)| at + 1);
    let mut starts: Vec<usize> = line_starts.filter(is_heading).collect();
    starts.insert(0, 0);
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([template.len()]).collect();
    starts.into_iter().zip(ends).map(|(start, end)| &template[start..end])
}

fn fill(section: &str, values: &Values) -> Option<String> {
    let mut text = String::new();
    let mut rest = section;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        text.push_str(before);
        text.push_str(values.get(name)?);
        rest = after;
    }
    Some(text + rest)
}
