//! Changes of a policy's text that leave the rest of it as it is, comments and layout included.

use std::ops::Range;

use toml_edit::{Item, Key, Table, Value};

use crate::spans::Source;

/// Takes a key away, with its value and its line's comment.
pub(crate) fn remove(source: &Source<'_>, key: &Key, item: &Item) -> String {
    splice(source.text, lines_of(source.text, key, item).into_iter().map(|lines| (lines, "")))
}

/// Takes a setting away, whatever its spelling.
pub(crate) fn remove_setting(source: &Source<'_>, setting: &str) -> String {
    let entries = source.entries_of(setting);
    let lines = entries.flat_map(|(key, item)| lines_of(source.text, key, item));
    splice(source.text, lines.map(|lines| (lines, "")))
}

pub(crate) fn rename(source: &Source<'_>, key: &Key, name: &str) -> Option<String> {
    Some(splice(source.text, [(key.span()?, name)]))
}

/// Puts another value in the place of the one that is there.
pub(crate) fn replace(source: &Source<'_>, range: Range<usize>, value: &Value) -> String {
    splice(source.text, [(range, value.to_string().trim())])
}

/// Writes another value of a key, which may be a table so far.
pub(crate) fn rewrite(source: &Source<'_>, key: &Key, item: &Item, value: &Value) -> String {
    match item.as_value().and_then(Value::span) {
        Some(range) => replace(source, range, value),
        None => add_line(&remove(source, key, item), key.get(), value),
    }
}

/// Writes a setting: in the place of its value, else below the other keys.
pub(crate) fn set(source: &Source<'_>, setting: &str, value: &Value) -> String {
    let mut spellings = source.entries_of(setting);
    match (spellings.next(), spellings.next()) {
        (Some((key, item)), None) => rewrite(source, key, item, value),
        _ => add_line(&remove_setting(source, setting), setting, value),
    }
}

/// Takes away the head of the first table, so that what is in it is at the top level.
pub(crate) fn lift(source: &Source<'_>, table: &Table) -> Option<String> {
    let head = lines(source.text, table.span().filter(|_| !table.is_dotted())?);
    let is_first = first_table(source) == Some(head.start);
    is_first.then(|| splice(source.text, [(head, "")]))
}

/// Takes one element out of a list.
pub(crate) fn remove_element(source: &Source<'_>, item: &Item, index: usize) -> Option<String> {
    match item.as_value()? {
        Value::Array(array) => {
            let spans: Vec<_> = array.iter().map(Value::span).collect::<Option<_>>()?;
            let before = index.checked_sub(1).map(|before| spans[before].end);
            let range = element_lines(source.text, before, spans.get(index)?.clone());
            Some(splice(source.text, [(range, "")]))
        }
        Value::String(_) => replace_element(source, item, index, &[]),
        _ => None,
    }
}

/// Puts others in the place of one element of a list.
pub(crate) fn replace_element(
    source: &Source<'_>,
    item: &Item,
    index: usize,
    texts: &[String],
) -> Option<String> {
    match item.as_value()? {
        Value::Array(array) => {
            let range = array.get(index)?.span()?;
            let literals: Vec<_> = texts.iter().map(|text| literal(text)).collect();
            Some(splice(source.text, [(range, literals.join(", ").as_str())]))
        }
        Value::String(text) => {
            let mut parts: Vec<_> = text.value().split(',').map(str::trim).collect();
            parts.get(index)?;
            parts.splice(index..=index, texts.iter().map(String::as_str));
            // An empty text is no empty list.
            let value = match parts.is_empty() {
                true => Value::from_iter(parts),
                false => Value::from(parts.join(", ")),
            };
            Some(replace(source, item.span()?, &value))
        }
        _ => None,
    }
}

/// Adds values to the list of a setting, whatever it is now.
pub(crate) fn add(source: &Source<'_>, setting: &str, values: &[String]) -> String {
    let values = || values.iter().map(String::as_str);
    let Some((_, item)) = source.entries_of(setting).next() else {
        return set(source, setting, &Value::from_iter(values()));
    };
    match item.as_value() {
        Some(Value::Array(array)) if !array.is_empty() => {
            let end = array.iter().last().and_then(Value::span).map_or(0, |span| span.end);
            let added: String = values().flat_map(|value| [", ".into(), literal(value)]).collect();
            splice(source.text, [(end..end, added.as_str())])
        }
        Some(Value::String(text)) if !is_word(text.value()) => {
            let parts: Vec<_> = text.value().split(',').map(str::trim).chain(values()).collect();
            set(source, setting, &parts.join(", ").into())
        }
        _ => {
            let fixed = item.get("fixed").and_then(Item::as_str);
            set(source, setting, &Value::from_iter(fixed.into_iter().chain(values())))
        }
    }
}

/// Whether a text stands for all there is, or for nothing.
fn is_word(text: &str) -> bool {
    let plain = text.trim().replace(['-', '_'], "").to_ascii_lowercase();
    ["", "*", "mirrorrequest"].contains(&plain.as_str())
}

fn literal(text: &str) -> String {
    Value::from(text).to_string()
}

/// A line at the end of the top level.
fn add_line(text: &str, setting: &str, value: &Value) -> String {
    let table = Source::parse(text).ok().and_then(|source| first_table(&source));
    let at = table.unwrap_or(text.len());
    let break_before = if at == 0 || text[..at].ends_with('\n') { "" } else { "\n" };
    let line = format!("{break_before}{setting} = {}\n", value.to_string().trim());
    splice(text, [(at..at, line.as_str())])
}

/// Where the top level ends.
fn first_table(source: &Source<'_>) -> Option<usize> {
    let starts = source.entries().filter_map(|(key, item)| match item {
        Item::Table(table) if table.is_dotted() => None,
        Item::ArrayOfTables(_) | Item::Table(_) => {
            Some(lines_of(source.text, key, item).first()?.start)
        }
        _ => None,
    });
    starts.min()
}

/// The lines that a key takes, from the first on; several runs of them if it is written in parts.
fn lines_of(text: &str, key: &Key, item: &Item) -> Vec<Range<usize>> {
    let parts: Vec<Range<usize>> = match item {
        Item::Table(table) => {
            let own = table.span().or_else(|| key.span());
            let own = own.map(|span| lines(text, span));
            let children = table.iter().filter_map(|(name, _)| table.get_key_value(name));
            own.into_iter()
                .chain(children.flat_map(|(key, item)| lines_of(text, key, item)))
                .collect()
        }
        Item::ArrayOfTables(tables) => tables
            .iter()
            .flat_map(|table| lines_of(text, key, &Item::Table(table.clone())))
            .collect(),
        Item::Value(Value::InlineTable(table)) if table.is_dotted() => {
            let children = table.iter().filter_map(|(name, _)| table.get_key_value(name));
            children.flat_map(|(key, item)| lines_of(text, key, item)).collect()
        }
        item => {
            let start = key.span().map(|span| span.start);
            let end = item.span().map(|span| span.end);
            start.zip(end).map(|(start, end)| lines(text, start..end)).into_iter().collect()
        }
    };
    merged(parts)
}

fn merged(mut parts: Vec<Range<usize>>) -> Vec<Range<usize>> {
    parts.sort_by_key(|part| part.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for part in parts {
        match merged.last_mut() {
            Some(last) if part.start <= last.end => last.end = last.end.max(part.end),
            _ => merged.push(part),
        }
    }
    merged
}

/// The whole lines that a range touches.
fn lines(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at + 1);
    start..end
}

/// An element of an array with its comma, and with its line if it is alone there.
fn element_lines(text: &str, before: Option<usize>, element: Range<usize>) -> Range<usize> {
    let own_comma = comma(text, element.end);
    let end = own_comma.map_or(element.end, |at| at + 1);
    let line = lines(text, element.start..end);
    let rest = text[end..line.end].trim_start();
    let is_alone = text[line.start..element.start].trim().is_empty()
        && (rest.is_empty() || rest.starts_with('#'));
    if is_alone && line.end > end {
        return line;
    }
    let spaces = text[end..].len() - text[end..].trim_start_matches([' ', '\t']).len();
    match (own_comma, before.and_then(|before| comma(text, before))) {
        (Some(_), _) => element.start..end + spaces,
        (None, Some(comma)) if text[comma + 1..element.start].trim().is_empty() => comma..end,
        _ => element.start..end,
    }
}

/// The comma after an element, past white space and comments.
fn comma(text: &str, mut at: usize) -> Option<usize> {
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        match text[at..].chars().next()? {
            ',' => return Some(at),
            '#' => at += text[at..].find('\n')?,
            _ => return None,
        }
    }
}

fn splice<'a>(text: &str, edits: impl IntoIterator<Item = (Range<usize>, &'a str)>) -> String {
    let mut edits: Vec<_> = edits.into_iter().collect();
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut text = text.to_owned();
    for (range, new) in edits {
        text.replace_range(range, new);
    }
    text
}
