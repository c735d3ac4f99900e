//! Problems with wildcards over names that others may register.

use super::problem::{Problem, dangerous};

impl Problem {
    pub(crate) fn public_suffix_with_credentials(
        setting: &'static str,
        pattern: &str,
        host: &str,
    ) -> Self {
        Self(dangerous(
            "public-suffix-with-credentials",
            setting,
            pattern,
            &format!(
                "anyone can register a name under {host}, and would read with the user's credentials; \
                 write your own origins under it in full"
            ),
        ))
    }

    pub(crate) fn above_suffix_with_credentials(
        setting: &'static str,
        pattern: &str,
        host: &str,
    ) -> Self {
        Self(dangerous(
            "above-public-suffix-with-credentials",
            setting,
            pattern,
            &format!(
                "anyone can register a name somewhere below {host}, and would read with the user's credentials; \
                 write your own origins under it in full"
            ),
        ))
    }

    pub(crate) fn unlisted_label_with_credentials(
        setting: &'static str,
        pattern: &str,
        host: &str,
    ) -> Self {
        Self(dangerous(
            "unlisted-label-with-credentials",
            setting,
            pattern,
            &format!(
                "{host} is no registered domain, so every name under it would read with the user's credentials, \
                 whoever runs it; write the origins in full"
            ),
        ))
    }
}
