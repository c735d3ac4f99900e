//! A copy of the repository, in which the mutants are switched.

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    Failure,
    list::Mutant,
    rewrite::{Region, rewrite},
    site::{Site, Sites},
};

const HOME: &str = "target/mutants";
const SWITCH: &str = include_str!("../switch.rs");

/// The copy, and where each mutant is switched in it.
pub(crate) struct Tree {
    /// Tells the copies apart.
    name: String,
    /// What cargo is told.
    pub(crate) features: &'static [&'static str],
    sources: BTreeMap<String, String>,
    sites: Vec<Option<Site>>,
}

/// A file below the repository's `target`.
pub(crate) fn home(name: &str) -> PathBuf {
    Path::new(HOME).join(name)
}

impl Tree {
    /// Copies what is not ignored. A mutant that no expression belongs to has no site.
    pub(crate) fn copy(
        name: &str,
        features: &'static [&'static str],
        mutants: &[Mutant],
    ) -> Result<Self, Failure> {
        let listing = Command::new("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard"])
            .output()?;
        let listing = String::from_utf8(listing.stdout)?;
        let files: HashSet<&str> =
            listing.lines().filter(|file| Path::new(file).exists()).collect();
        let name = name.to_owned();
        let mut tree = Self { name, features, sources: BTreeMap::new(), sites: Vec::new() };
        for file in files {
            if is_rewritten(file) {
                tree.sources.insert(file.to_owned(), fs::read_to_string(file)?);
            } else {
                tree.write_file(file, &fs::read(file)?)?;
            }
        }
        let mut sites = BTreeMap::new();
        for (file, source) in &tree.sources {
            sites.insert(file, Sites::of(source)?);
        }
        let site = |mutant: &Mutant| sites.get(&mutant.file)?.find(mutant);
        tree.sites = mutants.iter().map(site).collect();
        Ok(tree)
    }

    /// The root of the copy.
    pub(crate) fn root(&self) -> Result<PathBuf, std::io::Error> {
        fs::canonicalize(self.home("tree"))
    }

    /// A file that belongs to the copy.
    pub(crate) fn home(&self, name: &str) -> PathBuf {
        home(&self.name).join(name)
    }

    pub(crate) fn has_site(&self, mutant: usize) -> bool {
        self.sites[mutant].is_some()
    }

    /// Writes the sources with a switch for each mutant that is to be live.
    pub(crate) fn write(
        &self,
        mutants: &[Mutant],
        is_live: impl Fn(usize) -> bool,
    ) -> Result<BTreeMap<String, Vec<Region>>, Failure> {
        let mut regions = BTreeMap::new();
        for (file, source) in &self.sources {
            let here = mutants.iter().enumerate().filter(|(number, mutant)| {
                mutant.file == *file && is_live(*number) && self.has_site(*number)
            });
            let switched = here
                .filter_map(|(number, mutant)| Some((number, mutant, self.sites[number].clone()?)));
            let mut rewritten = rewrite(source, switched);
            if file == "src/lib.rs" {
                rewritten.text.push_str("\nmod mutant;\n");
            }
            self.write_file(file, rewritten.text.as_bytes())?;
            regions.insert(file.clone(), rewritten.regions);
        }
        self.write_file("src/mutant.rs", SWITCH.as_bytes())?;
        Ok(regions)
    }

    /// Writes the sources with one mutant and without switches.
    pub(crate) fn write_only(&self, mutant: &Mutant) -> Result<(), Failure> {
        for (file, source) in &self.sources {
            let mut source = source.clone();
            if *file == mutant.file {
                source.replace_range(mutant.span.clone(), &mutant.replacement);
            }
            self.write_file(file, source.as_bytes())?;
        }
        Ok(())
    }

    /// What the sources say, to recognize them.
    pub(crate) fn text(&self) -> String {
        self.sources.values().map(String::as_str).collect()
    }

    /// Leaves a file alone that is the same: cargo would compile it again.
    fn write_file(&self, file: &str, content: &[u8]) -> Result<(), Failure> {
        let path = self.home("tree").join(file);
        if fs::read(&path).is_ok_and(|old| old == content) {
            return Ok(());
        }
        fs::create_dir_all(path.parent().expect("a file is in a directory"))?;
        fs::write(&path, content)?;
        Ok(())
    }
}

fn is_rewritten(file: &str) -> bool {
    file.starts_with("src/") && file.ends_with(".rs")
}
