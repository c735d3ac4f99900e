//! The files of the page, which are part of the program.

macro_rules! files {
    ($media_type:expr; $($name:literal)*) => {
        &[$((concat!("/", $name), $media_type, include_str!(concat!("../page/", $name)))),*]
    };
}

/// Path, media type and content.
type File = (&'static str, &'static str, &'static str);

/// All but the frame's.
pub(crate) fn files() -> impl Iterator<Item = File> {
    let index = ("/", HTML, include_str!("../page/index.html"));
    let icon = ("/icon.svg", "image/svg+xml", include_str!("../page/icon.svg"));
    [index, icon].into_iter().chain(STYLES.iter().copied()).chain(SCRIPTS.iter().copied())
}

const STYLES: &[File] = files![STYLE;
    "base.css"
    "fetch.css"
    "layout.css"
    "policy.css"
    "tour.css"
    "verdict.css"
    "wire.css"
];

const SCRIPTS: &[File] = files![SCRIPT;
    "agreement.js"
    "builder.js"
    "clipboard.js"
    "dom.js"
    "editor.js"
    "field.js"
    "frames.js"
    "guide.js"
    "header-rows.js"
    "link.js"
    "main.js"
    "messages.js"
    "paint.js"
    "permission.js"
    "places.js"
    "policy.js"
    "presets.js"
    "remarks.js"
    "request-notes.js"
    "response-notes.js"
    "result.js"
    "script.js"
    "send.js"
    "server.js"
    "story.js"
    "toml.js"
    "tour-panel.js"
    "tour.js"
    "verdict.js"
];

pub(crate) const HTML: &str = "text/html; charset=utf-8";
pub(crate) const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
