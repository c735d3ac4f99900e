use std::collections::HashSet;

use http::{HeaderName, HeaderValue, header};

use super::{Headers, Methods, line};
use crate::config::{Age, Enforce, Settings};

/// The request headers that an answer depends on.
#[derive(Debug)]
pub(crate) struct Vary {
    pub(crate) names: Vec<HeaderName>,
    /// All the names, ready to be sent; none where there are none.
    pub(crate) line: Option<HeaderValue>,
}

impl Vary {
    pub(super) fn compile(settings: &Settings, is_static: bool) -> Self {
        let origin = (!is_static).then_some(header::ORIGIN);
        Self::of(settings, origin.into_iter().collect())
    }

    pub(super) fn compile_preflight(
        settings: &Settings,
        is_static: bool,
        methods: &Methods,
        headers: &Headers,
    ) -> Self {
        let reads_origin = !is_static || matches!(settings.max_age.0, Age::Dynamic(_));
        let names = [
            (reads_origin, header::ORIGIN),
            (matches!(methods, Methods::Requested), header::ACCESS_CONTROL_REQUEST_METHOD),
            (matches!(headers, Headers::Requested), header::ACCESS_CONTROL_REQUEST_HEADERS),
        ];
        let names = names.into_iter().filter(|(is_read, _)| *is_read);
        Self::of(settings, names.map(|(_, name)| name).collect())
    }

    fn of(settings: &Settings, mut names: Vec<HeaderName>) -> Self {
        if settings.enforced() != Enforce::Off {
            names.push(HeaderName::from_static("sec-fetch-site"));
        }
        names.extend(settings.vary.iter().cloned());
        let mut seen = HashSet::new();
        names.retain(|name| seen.insert(name.clone()));
        let line = (!names.is_empty()).then(|| line(names.iter().map(HeaderName::as_str), ", "));
        Self { names, line }
    }
}
