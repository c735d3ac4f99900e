//! A file with a switch for each of its mutants.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    list::{Kind, Mutant},
    site::Site,
};

/// A rewritten file, and what of it belongs to which mutant.
pub(crate) struct Rewritten {
    pub(crate) text: String,
    pub(crate) regions: Vec<Region>,
}

pub(crate) struct Region {
    pub(crate) mutant: usize,
    pub(crate) range: Range<usize>,
    pub(crate) part: Part,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Part {
    /// The guard of an arm that had none.
    Guard,
    /// The mutant's own code.
    Own,
    /// All that is switched.
    Site,
}

type Switched<'a> = (Site, Vec<(usize, &'a Mutant)>);

struct Writer<'a> {
    source: &'a str,
    text: String,
    regions: Vec<Region>,
}

/// Rewrites a file so that each of the numbered mutants is switched at its site.
pub(crate) fn rewrite<'a>(
    source: &str,
    mutants: impl Iterator<Item = (usize, &'a Mutant, Site)>,
) -> Rewritten {
    let mut sites = BTreeMap::new();
    for (number, mutant, site) in mutants {
        let (_, switched) = sites.entry(site.order()).or_insert_with(|| (site, Vec::new()));
        switched.push((number, mutant));
    }
    let sites: Vec<Switched<'_>> = sites.into_values().collect();
    let mut writer = Writer { source, text: String::new(), regions: Vec::new() };
    writer.copy(0..source.len(), &sites);
    Rewritten { text: writer.text, regions: writer.regions }
}

impl Writer<'_> {
    /// Copies a part of the source, in which these are all sites.
    fn copy(&mut self, range: Range<usize>, mut sites: &[Switched<'_>]) {
        let mut copied = range.start;
        while let [(site, mutants), rest @ ..] = sites {
            let range = site.range();
            let inside = rest.iter().take_while(|(site, _)| site.range().end <= range.end).count();
            self.text.push_str(&self.source[copied..range.start]);
            copied = range.end;
            self.switch(site, mutants, &rest[..inside]);
            sites = &rest[inside..];
        }
        self.text.push_str(&self.source[copied..range.end]);
    }

    fn switch(&mut self, site: &Site, mutants: &[(usize, &Mutant)], inside: &[Switched<'_>]) {
        let start = self.text.len();
        match site {
            Site::Arm(_) => self.switch_arm(mutants),
            Site::Body(range) => {
                self.return_early(mutants, ("", ""));
                self.copy(range.clone(), inside);
            }
            Site::Expression(range) => self.choose(range, mutants, inside),
            Site::IteratorBody(range, boxed) => {
                let after = format!(" }}) as {boxed}");
                self.return_early(mutants, ("Box::new({ ", &after));
                self.text.push_str("Box::new({ ");
                self.copy(range.clone(), inside);
                self.text.push_str(&after);
            }
        }
        let part = if matches!(site, Site::Arm(_)) { Part::Guard } else { Part::Site };
        let range = start..self.text.len();
        let region = |&(mutant, _): &_| Region { mutant, range: range.clone(), part };
        self.regions.extend(mutants.iter().map(region));
    }

    fn switch_arm(&mut self, mutants: &[(usize, &Mutant)]) {
        for (number, _) in mutants {
            self.text.push_str(&format!(" if !crate::mutant::is({number})"));
        }
    }

    fn return_early(&mut self, mutants: &[(usize, &Mutant)], (before, after): (&str, &str)) {
        for &(number, mutant) in mutants {
            self.text.push_str(&format!("if crate::mutant::is({number}) {{ return "));
            self.own(number, &format!("{before}{}{after}", mutant.replacement));
            self.text.push_str("; } ");
        }
    }

    fn choose(
        &mut self,
        range: &Range<usize>,
        mutants: &[(usize, &Mutant)],
        inside: &[Switched<'_>],
    ) {
        self.text.push('(');
        for &(number, mutant) in mutants {
            self.text.push_str(&format!("if crate::mutant::is({number}) {{ "));
            self.own(number, &mutated(&self.source[range.clone()], range.start, mutant));
            self.text.push_str(" } else ");
        }
        self.text.push_str("{ ");
        self.copy(range.clone(), inside);
        self.text.push_str(" })");
    }

    fn own(&mut self, mutant: usize, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.regions.push(Region { mutant, range: start..self.text.len(), part: Part::Own });
    }
}

/// An expression, in this place of the file, as the mutant has it. An arm whose guard never holds
/// is as good as deleted.
fn mutated(expression: &str, start: usize, mutant: &Mutant) -> String {
    if mutant.kind == Kind::Arm {
        return "false".to_owned();
    }
    let Range { start: from, end: to } = mutant.span;
    format!("{}{}{}", &expression[..from - start], mutant.replacement, &expression[to - start..])
}

#[cfg(test)]
mod tests {
    use super::{Kind, Mutant, rewrite};
    use crate::site::Sites;

    fn mutant(source: &str, kind: Kind, old: &str, replacement: &str) -> Mutant {
        let start = source.find(old).expect("it is there");
        Mutant {
            file: String::new(),
            line: 1,
            function: String::new(),
            change: String::new(),
            kind,
            span: start..start + old.len(),
            replacement: replacement.to_owned(),
            returns: "-> impl Iterator<Item = u8>".to_owned(),
        }
    }

    #[test]
    fn each_mutant_is_switched() {
        let f = "fn f() -> bool { a && !b || c }";
        let m = "fn m() { match n { 1 => x, 2 if y => z, _ => w } }";
        let s = "fn s() { S { t: 1, ..u } }";
        let i = "fn i() -> impl Iterator<Item = u8> { x + y }";
        for (source, mutants, expected) in [
            (
                f,
                vec![
                    mutant(f, Kind::Body, "a && !b || c", "true"),
                    mutant(f, Kind::Operator, "||", "&&"),
                    mutant(f, Kind::Operator, "!", ""),
                ],
                "fn f() -> bool { if is(0) { return true; } (if is(1) { a && !b && c } else \
                 { a && (if is(2) { b } else { !b }) || c }) }",
            ),
            (
                m,
                vec![
                    mutant(m, Kind::Arm, "1 => x,", ""),
                    mutant(m, Kind::Arm, "2 if y => z,", ""),
                    mutant(m, Kind::Guard, "y", "true"),
                ],
                "fn m() { match n { 1 if !is(0) => x, 2 if (if is(1) { false } else if is(2) \
                 { true } else { y }) => z, _ => w } }",
            ),
            (
                s,
                vec![mutant(s, Kind::Field, "t: 1,", "")],
                "fn s() { (if is(0) { S {  ..u } } else { S { t: 1, ..u } }) }",
            ),
            (
                i,
                vec![mutant(i, Kind::IteratorBody, "x + y", "z")],
                "fn i() -> impl Iterator<Item = u8> { if is(0) { return Box::new({ z }) as Box<dyn \
                 Iterator<Item = u8> + '_>; } Box::new({ x + y }) as Box<dyn Iterator<Item = u8> + \
                 '_> }",
            ),
        ] {
            let sites = Sites::of(source).expect("it is Rust");
            let switched = mutants.iter().enumerate().map(|(number, mutant)| {
                (number, mutant, sites.find(mutant).expect("it has a site"))
            });
            let rewritten = rewrite(source, switched).text.replace("crate::mutant::", "");
            assert_eq!(rewritten, expected);
        }
    }
}
