use std::{fmt, time::Duration};

use http::{HeaderName, Method};

use super::remark::Remark;

/// What is legal in a configuration but surely not meant, or meant and still worth a word.
///
/// Its text is one line: `setting "value": what is wrong; what to write instead`.
#[derive(Clone, Debug)]
pub struct Warning(pub(super) Remark);

impl Warning {
    /// A stable name for the kind of warning, such as `no-origin`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// The setter of [`CorsLayer`](crate::CorsLayer) that the warning is about.
    #[must_use]
    pub fn setting(&self) -> &'static str {
        self.0.setting
    }

    /// The number of the [`when`](crate::CorsLayer::when), from 0, whose layer it is about.
    #[must_use]
    pub fn branch(&self) -> Option<usize> {
        self.0.branch
    }

    /// The value that the warning is about, if it is one value.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.0.value.as_deref()
    }

    pub(crate) fn of_branch(mut self, branch: usize) -> Self {
        self.0.branch = Some(branch);
        self
    }

    /// The key of the setting in the configuration file, if it comes from one.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    pub(crate) fn very_permissive() -> Self {
        Self(Remark::without_value(
            "very-permissive",
            "very_permissive",
            "every site can read with the user's credentials; list the origins",
        ))
    }

    pub(crate) fn predicate_with_credentials() -> Self {
        Self(Remark::without_value(
            "predicate-with-credentials",
            "allow_origin",
            "with credentials the predicate has to check scheme, host and port itself; let an OriginSet do it",
        ))
    }

    pub(crate) fn loopback_with_credentials(setting: &'static str, pattern: &str) -> Self {
        Self(Remark::new(
            "loopback-with-credentials",
            setting,
            pattern,
            "beside other origins, whatever listens on the user's machine can read with the user's credentials; \
             keep development origins out of production",
        ))
    }

    pub(crate) fn any_port_loopback_with_credentials(setting: &'static str, pattern: &str) -> Self {
        Self(Remark::new(
            "any-port-loopback-with-credentials",
            setting,
            pattern,
            "whatever listens on any port of the user's machine can read with the user's credentials; write the port",
        ))
    }

    pub(crate) fn shared_app_with_credentials(setting: &'static str, pattern: &str) -> Self {
        Self(Remark::new(
            "shared-app-with-credentials",
            setting,
            pattern,
            "every app of this framework has this origin and can read with the user's credentials; \
             give the app an origin of its own, or use tokens",
        ))
    }

    pub(crate) fn no_origin() -> Self {
        Self(Remark::without_value(
            "no-origin",
            "allow_origin",
            "no origin is allowed, so no page can read anything; write allow_origins, or leave out the layer",
        ))
    }

    pub(crate) fn max_age_over_chromium_cap(max_age: Duration) -> Self {
        Self(
            Remark::new(
                "max-age-over-chromium-cap",
                "max_age",
                format_args!("{max_age:?}"),
                "Chromium remembers for 7200 s at most; write Duration::from_secs(7200) or less",
            )
            .for_file("Chromium remembers for 7200 s at most; write 7200 or less"),
        )
    }

    pub(crate) fn max_age_over_firefox_cap(max_age: Duration) -> Self {
        Self(Remark::new(
            "max-age-over-firefox-cap",
            "max_age",
            format_args!("{max_age:?}"),
            "Firefox remembers for 86400 s at most, Chromium for 7200 s; write Duration::from_secs(7200) or less",
        )
        .for_file("Firefox remembers for 86400 s at most, Chromium for 7200 s; write 7200 or less"))
    }

    pub(crate) fn sub_second_max_age(max_age: Duration) -> Self {
        Self(Remark::new(
            "sub-second-max-age",
            "max_age",
            format_args!("{max_age:?}"),
            "the header has whole seconds, so this is rounded up; write whole seconds, or Duration::ZERO for none",
        ))
    }

    pub(crate) fn lower_case_method(method: &Method) -> Self {
        let upper = method.as_str().to_ascii_uppercase();
        Self(Remark::new(
            "lower-case-method",
            "allow_methods",
            method,
            format!(
                "methods are compared case-sensitively; write \"{upper}\", and let pages write it so too"
            ),
        ))
    }

    pub(crate) fn options_listed() -> Self {
        Self(Remark::new(
            "options-listed",
            "allow_methods",
            "OPTIONS",
            "preflights need no permission, only pages that send OPTIONS themselves do; leave it out",
        ))
    }

    pub(crate) fn safelisted_request_header(name: &HeaderName) -> Self {
        Self(Remark::new(
            "safelisted-request-header",
            "allow_headers",
            name,
            "pages may set this header without permission, unless its value is unusual; leave it out",
        ))
    }

    pub(crate) fn safelisted_response_header(name: &HeaderName) -> Self {
        Self(Remark::new(
            "safelisted-response-header",
            "expose_headers",
            name,
            "pages can read this header without permission; leave it out",
        ))
    }

    pub(crate) fn covered_pattern(setting: &'static str, pattern: &str, covering: &str) -> Self {
        Self(Remark::new(
            "covered-pattern",
            setting,
            pattern,
            format!("\"{covering}\" allows it already; leave one of them out"),
        ))
    }

    pub(crate) fn not_dangerous(pattern: &str) -> Self {
        Self(Remark::new(
            "not-dangerous",
            "dangerously_allow_origins",
            pattern,
            "nothing about it is dangerous here; write it in allow_origins",
        ))
    }

    pub(crate) fn origin_set_twice() -> Self {
        Self(Remark::without_value(
            "origin-set-twice",
            "allow_origin",
            "allow_origin and allow_origins were called more than once, and only the last call counts; \
             write one call, or join them with AllowOrigin::or",
        ))
    }

    pub(crate) fn credential_header_for_any_origin(name: &HeaderName) -> Self {
        Self(Remark::new(
            "credential-header-for-any-origin",
            "allow_headers",
            name,
            "it looks like a credential, and any origin may send it; list the origins that you trust with it",
        ))
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
