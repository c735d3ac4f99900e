use std::fmt;

use http::{HeaderName, Method};

use super::remark::Remark;
use crate::origin::PatternError;

/// One reason why a configuration does not build.
///
/// Its text is one line: `setting "value": what is wrong; what to write instead`.
#[derive(Clone, Debug)]
pub struct Problem(pub(super) Remark);

impl Problem {
    /// A stable name for the kind of problem, such as `any-origin-with-credentials`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// The setter of [`CorsLayer`](crate::CorsLayer) that was given the value.
    #[must_use]
    pub fn setting(&self) -> &'static str {
        self.0.setting
    }

    /// The number of the [`when`](crate::CorsLayer::when), from 0, whose layer it is about.
    #[must_use]
    pub fn branch(&self) -> Option<usize> {
        self.0.branch
    }

    /// The offending value, if it is one value.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.0.value.as_deref()
    }

    /// Which of the values that the setter was given at once it is, from 0, if it was given several.
    #[must_use]
    pub fn index(&self) -> Option<usize> {
        self.0.index
    }

    /// The key path of the value in the configuration file, such as `allowOrigins[2]`, if it comes
    /// from one. The path begins at the layer's own map.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    /// The corrected value, where there is one.
    #[must_use]
    pub fn suggestion(&self) -> Option<&str> {
        self.0.suggestion.as_deref()
    }

    pub(crate) fn of_branch(mut self, branch: usize) -> Self {
        self.0.branch = Some(branch);
        self
    }

    pub(crate) fn at(mut self, index: usize) -> Self {
        self.0.index = Some(index);
        self
    }

    pub(crate) fn pattern(setting: &'static str, error: &PatternError) -> Self {
        let mut remark = Remark::new(error.code(), setting, error.value(), error.advice())
            .for_file(error.advice_for_file());
        remark.suggestion = error.suggestion().map(Into::into);
        Self(remark)
    }

    pub(crate) fn any_origin_with_credentials() -> Self {
        Self(Remark::new(
            "any-origin-with-credentials",
            "allow_origin",
            "*",
            "every site could read with the user's credentials; list the origins, or leave out allow_credentials",
        ))
    }

    pub(crate) fn mirrored_origin_with_credentials() -> Self {
        Self(Remark::new(
            "mirrored-origin-with-credentials",
            "allow_origin",
            "mirror_request",
            "every site could read with the user's credentials; list the origins, or leave out allow_credentials",
        ))
    }

    pub(crate) fn insecure_origin_with_credentials(setting: &'static str, pattern: &str) -> Self {
        let secure = pattern.replacen("http://", "https://", 1);
        let secure = secure.strip_suffix(":443").unwrap_or(&secure).to_owned();
        let wrong = "anyone on the network's path can speak for an http origin, and would read with the user's \
                     credentials";
        let mut remark = dangerous(
            "insecure-origin-with-credentials",
            setting,
            pattern,
            &format!("{wrong}; write \"{secure}\""),
        );
        remark.suggestion = Some(secure);
        Self(remark)
    }

    pub(crate) fn null_with_credentials() -> Self {
        Self(Remark::new(
            "null-with-credentials",
            "dangerously_allow_origins",
            "null",
            "every site can make a frame with the origin `null`, and would read with the user's credentials; \
             leave out `null`, or leave out allow_credentials",
        ))
    }

    pub(crate) fn forbidden_method(method: &Method) -> Self {
        Self(Remark::new(
            "forbidden-method",
            "allow_methods",
            method,
            "browsers never send this method for a page; leave it out",
        ))
    }

    pub(crate) fn wildcard_method() -> Self {
        Self(
            Remark::new(
                "wildcard-method",
                "allow_methods",
                "*",
                "in a list this is a method of that name; write allow_methods(Any)",
            )
            .for_file("in a list this is a method of that name; write \"*\" alone"),
        )
    }

    pub(crate) fn forbidden_request_header(name: &HeaderName) -> Self {
        Self(Remark::new(
            "forbidden-request-header",
            "allow_headers",
            name,
            "pages cannot set this header, only the browser does; leave it out",
        ))
    }

    pub(crate) fn response_header_allowed(name: &HeaderName) -> Self {
        Self(Remark::new(
            "response-header-allowed",
            "allow_headers",
            name,
            "this is a response header, which this layer sends itself; leave it out, and let the page not send it",
        ))
    }

    pub(crate) fn wildcard_request_header() -> Self {
        Self(
            Remark::new(
                "wildcard-request-header",
                "allow_headers",
                "*",
                "in a list this is a header of that name; write allow_headers(Any)",
            )
            .for_file("in a list this is a header of that name; write \"*\" alone"),
        )
    }

    pub(crate) fn forbidden_response_header(name: &HeaderName) -> Self {
        Self(Remark::new(
            "forbidden-response-header",
            "expose_headers",
            name,
            "no page can read this header, whatever is exposed; leave it out",
        ))
    }

    pub(crate) fn request_header_exposed(name: &HeaderName) -> Self {
        Self(Remark::new(
            "request-header-exposed",
            "expose_headers",
            name,
            "this is a request header, which no response has; leave it out",
        ))
    }

    pub(crate) fn wildcard_exposed_header() -> Self {
        Self(
            Remark::new(
                "wildcard-exposed-header",
                "expose_headers",
                "*",
                "in a list this is a header of that name; write expose_headers(Any)",
            )
            .for_file("in a list this is a header of that name; write \"*\" alone"),
        )
    }

    pub(crate) fn preflight_status(status: impl fmt::Display) -> Self {
        Self(
            Remark::new(
                "preflight-status",
                "preflight_status",
                status,
                "browsers take only 200 to 299 for a yes; write StatusCode::NO_CONTENT, or StatusCode::OK for old clients",
            )
            .for_file("browsers take only 200 to 299 for a yes; write 204, or 200 for old clients"),
        )
    }
}

/// A remark on a pattern that only `dangerously_allow_origins` may allow.
pub(super) fn dangerous(
    code: &'static str,
    setting: &'static str,
    pattern: &str,
    wrong_and_instead: &str,
) -> Remark {
    let remark = Remark::new(
        code,
        setting,
        pattern,
        format!("{wrong_and_instead}, or if you must, dangerously_allow_origins([\"{pattern}\"])"),
    );
    remark.for_file(format!(
        "{wrong_and_instead}, or if you must, list it in dangerously_allow_origins"
    ))
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
