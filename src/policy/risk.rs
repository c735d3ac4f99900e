//! Which patterns are too dangerous to allow with credentials.

use crate::{config::Problem, origin::Pattern};

/// Why `pattern` may be allowed with credentials only by `dangerously_allow_origins`.
pub(super) fn problems(setting: &'static str, text: &str, pattern: &Pattern<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    if pattern.scheme == "http" && !pattern.is_loopback() {
        problems.push(Problem::insecure_origin_with_credentials(setting, text));
    }
    if pattern.subdomains && !pattern.is_localhost() {
        problems.extend(suffix_problem(setting, text, pattern.host));
    }
    problems
}

#[cfg(feature = "public-suffix")]
fn suffix_problem(setting: &'static str, text: &str, host: &str) -> Option<Problem> {
    use crate::origin::{Standing, standing};

    match standing(host) {
        Standing::AboveSuffix => Some(Problem::above_suffix_with_credentials(setting, text, host)),
        Standing::Ordinary => None,
        Standing::Suffix => Some(Problem::public_suffix_with_credentials(setting, text, host)),
        Standing::UnlistedLabel => {
            Some(Problem::unlisted_label_with_credentials(setting, text, host))
        }
    }
}

#[cfg(not(feature = "public-suffix"))]
fn suffix_problem(_setting: &'static str, _text: &str, _host: &str) -> Option<Problem> {
    None
}
