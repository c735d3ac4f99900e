//! As much of LLVM's intermediate representation as is needed: <https://llvm.org/docs/LangRef.html>.

use std::{
    collections::{HashMap, HashSet},
    error::Error,
    fs,
    path::Path,
};

/// Functions and constants by their names, and what each names.
#[derive(Default)]
pub(crate) struct Module {
    /// Line by line.
    pub(crate) functions: HashMap<String, Vec<Vec<String>>>,
    pub(crate) constants: HashMap<String, Constant>,
}

pub(crate) struct Constant {
    pub(crate) names: Vec<String>,
    text: String,
}

impl Module {
    /// Reads all modules of a directory as one.
    pub(crate) fn read(directory: &Path) -> Result<Self, Box<dyn Error>> {
        let mut module = Self::default();
        for entry in fs::read_dir(directory)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "ll") {
                let text = fs::read(&path)?;
                module.add(&path.display().to_string(), &String::from_utf8_lossy(&text));
            }
        }
        Ok(module)
    }

    fn add(&mut self, file: &str, text: &str) {
        let local = local_names(text);
        let resolved = |name: &str| {
            if local.contains(name) { format!("{file}:{name}") } else { name.to_owned() }
        };
        let all = |text| names(text).map(resolved).collect();
        let mut body = None;
        for line in text.lines() {
            if let Some(name) = line.starts_with("define ").then(|| names(line).next()).flatten() {
                body = Some(resolved(name));
            } else if line == "}" {
                body = None;
            } else if let Some(name) = &body {
                self.functions.entry(name.clone()).or_default().push(all(line));
            } else if let Some((name, value)) = constant(line) {
                let constant = Constant { names: all(value), text: value.to_owned() };
                self.constants.insert(resolved(name), constant);
            }
        }
    }

    /// The source file and the line that a `core::panic::Location` tells.
    pub(crate) fn location(&self, name: &str) -> Option<(String, usize)> {
        let Constant { names, text } = self.constants.get(name)?;
        let numbers = text.contains("<{ ptr, [16 x i8] }>").then(|| bytes(text)).flatten()?;
        let file = names.iter().find_map(|file| bytes(&self.constants.get(file)?.text))?;
        let file = String::from_utf8(file).ok()?.trim_end_matches('\0').to_owned();
        // The length of the file's name is before it.
        let line = u32::from_le_bytes(numbers.get(8..12)?.try_into().ok()?);
        Some((file, usize::try_from(line).ok()?))
    }
}

/// What other modules may have by the same name.
fn local_names(text: &str) -> HashSet<&str> {
    let is_local = |line: &&str| {
        let is_private = line.contains(" private ") || line.contains(" internal ");
        (line.starts_with("define ") || line.starts_with('@')) && is_private
    };
    text.lines().filter(is_local).filter_map(|line| names(line).next()).collect()
}

fn constant(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix('@')?.split_once(" = ")
}

/// All that is referred to, in order.
fn names(line: &str) -> impl Iterator<Item = &str> {
    line.split('@').skip(1).filter_map(|rest| match rest.strip_prefix('"') {
        Some(quoted) => rest.get(..quoted.find('"')? + 2),
        None => {
            let is_end = |c: char| !c.is_ascii_alphanumeric() && !"._$".contains(c);
            rest.get(..rest.find(is_end).unwrap_or(rest.len()))
        }
    })
}

/// Those of the first string, in which `\XX` stands for what is no letter.
fn bytes(value: &str) -> Option<Vec<u8>> {
    let (text, _) = value.split_once("c\"")?.1.split_once('"')?;
    let mut pieces = text.split('\\');
    let mut bytes = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        bytes.push(u8::from_str_radix(piece.get(..2)?, 16).ok()?);
        bytes.extend(piece[2..].bytes());
    }
    Some(bytes)
}
