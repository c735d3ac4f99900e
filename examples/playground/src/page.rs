//! The files of the page, which are part of the program.

/// Path, media type and content.
pub(crate) const FILES: &[(&str, &str, &str)] = &[("/", HTML, include_str!("../page/index.html"))];

pub(crate) const HTML: &str = "text/html; charset=utf-8";
pub(crate) const SCRIPT: &str = "text/javascript; charset=utf-8";
#[expect(dead_code, reason = "the page has no style yet")]
pub(crate) const STYLE: &str = "text/css; charset=utf-8";
