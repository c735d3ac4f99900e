use super::origins::is_fixed_for_good;
use crate::config::{Headers, Methods, Settings, file::File};

/// What the user has said, for whoever tells what to change in it.
#[derive(Debug)]
pub(crate) struct Said {
    file: File,
    /// The settings that list something.
    listing: Vec<&'static str>,
}

impl Said {
    pub(super) fn compile(settings: &Settings) -> Self {
        let Settings { allow_headers, allow_methods, allow_origin, .. } = settings;
        let lists_headers = !matches!(&allow_headers.0, Headers::List(list) if list.is_empty());
        let lists_methods = !matches!(&allow_methods.0, Methods::List(list) if list.is_empty());
        // An enforced one is one of a list.
        let is_listed = !allow_origin.fixed.is_empty() && !is_fixed_for_good(settings);
        let lists_origins = is_listed
            || !allow_origin.predicates.is_empty()
            || !allow_origin.async_predicates.is_empty()
            || allow_origin.lists.iter().any(|given| given.list.iter().next().is_some());
        let listing = [
            ("allow_headers", lists_headers),
            ("allow_methods", lists_methods),
            ("allow_origins", lists_origins),
        ];
        let listing = listing.into_iter().filter(|(_, lists)| *lists).map(|(setting, _)| setting);
        Self { file: settings.file.clone(), listing: listing.collect() }
    }

    /// The key of the file that a setting is to be written at, unless it is the program's to say.
    pub(crate) fn key(&self, setting: &'static str) -> Option<&str> {
        self.file.key(setting)
    }

    pub(crate) fn lists(&self, setting: &str) -> bool {
        self.listing.contains(&setting)
    }
}
