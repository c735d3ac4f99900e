//! What cargo-mutants would change.

use std::{collections::HashMap, fmt, fs, ops::Range, process::Command};

use serde::Deserialize;

use crate::Failure;

/// A change of the source.
pub(crate) struct Mutant {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) function: String,
    /// In words; the second of the same in a function ends with `#2`.
    pub(crate) change: String,
    pub(crate) kind: Kind,
    /// The bytes of the file that are replaced.
    pub(crate) span: Range<usize>,
    pub(crate) replacement: String,
    /// The type that the function returns.
    pub(crate) returns: String,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Arm,
    Body,
    Field,
    Guard,
    /// The body of a function that returns some iterator, of whose kind only one can be returned.
    IteratorBody,
    Operator,
}

#[derive(Deserialize)]
struct Listed {
    file: String,
    function: Option<Function>,
    genre: String,
    name: String,
    replacement: String,
    span: Span,
}

#[derive(Deserialize)]
struct Function {
    function_name: String,
    return_type: String,
}

#[derive(Deserialize)]
struct Span {
    start: Position,
    end: Position,
}

#[derive(Deserialize)]
struct Position {
    line: usize,
    column: usize,
}

impl Mutant {
    /// What names it in files, whatever stands above it in the source.
    pub(crate) fn key(&self) -> String {
        format!("{}\t{}\t{}", self.file, self.function, self.change)
    }
}

impl fmt::Display for Mutant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, function, change, .. } = self;
        write!(f, "{file}:{line}: {function}: {change}")
    }
}

/// Asks cargo-mutants.
pub(crate) fn list() -> Result<Vec<Mutant>, Failure> {
    let output =
        Command::new("cargo").args(["mutants", "--list", "--json", "-p", "tower-cors"]).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let listed: Vec<Listed> = serde_json::from_slice(&output.stdout)?;
    let mut sources = HashMap::new();
    let mut seen = HashMap::new();
    listed.into_iter().map(|listed| mutant(listed, &mut sources, &mut seen)).collect()
}

fn mutant(
    listed: Listed,
    sources: &mut HashMap<String, String>,
    seen: &mut HashMap<String, usize>,
) -> Result<Mutant, Failure> {
    if !sources.contains_key(&listed.file) {
        sources.insert(listed.file.clone(), fs::read_to_string(&listed.file)?);
    }
    let source = &sources[&listed.file];
    let (function, returns) = match listed.function {
        Some(function) => (function.function_name, function.return_type),
        None => ("-".to_owned(), String::new()),
    };
    let mut mutant = Mutant {
        line: listed.span.start.line,
        span: offset(source, &listed.span.start)..offset(source, &listed.span.end),
        change: change(&listed.name, &function),
        kind: kind(&listed.genre, &returns)?,
        file: listed.file,
        function,
        replacement: listed.replacement,
        returns,
    };
    let nth = seen.entry(mutant.key()).or_default();
    *nth += 1;
    if *nth > 1 {
        mutant.change = format!("{} #{nth}", mutant.change);
    }
    Ok(mutant)
}

fn kind(genre: &str, returns: &str) -> Result<Kind, String> {
    Ok(match genre {
        "BinaryOperator" | "UnaryOperator" => Kind::Operator,
        "FnValue" if returns.starts_with("-> impl Iterator") => Kind::IteratorBody,
        "FnValue" => Kind::Body,
        "MatchArm" => Kind::Arm,
        "MatchArmGuard" => Kind::Guard,
        "StructField" => Kind::Field,
        other => return Err(format!("cargo-mutants has a new genre: {other}")),
    })
}

/// The name without file, line, column and function.
fn change(name: &str, function: &str) -> String {
    let change = name.splitn(4, ':').last().unwrap_or(name).trim();
    match change.strip_prefix("replace ").and_then(|rest| rest.strip_prefix(function)) {
        Some(rest) => rest.trim_start().to_owned(),
        None => change.strip_suffix(&format!(" in {function}")).unwrap_or(change).to_owned(),
    }
}

/// Columns count characters.
fn offset(source: &str, position: &Position) -> usize {
    let line: usize =
        source.split_inclusive('\n').take(position.line - 1).map(str::len).sum::<usize>();
    let before = source[line..].chars().take(position.column - 1).map(char::len_utf8);
    line + before.sum::<usize>()
}
