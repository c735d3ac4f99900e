//! Problems that only a configuration file can have.

use std::fmt;

use super::{problem::Problem, remark::Remark};
use crate::origin::{PatternError, shown};

const LIST_IN_TEXT: &str = "this is a list in one text; write each name as a text of its own";

impl Problem {
    /// Of a key that is no setting; `similar` is the key that may be meant.
    pub(crate) fn unknown_key(path: &str, similar: Option<&str>, known: &str) -> Self {
        let text = match similar {
            Some(similar) => format!("there is no such setting; write \"{similar}\""),
            None => format!("there is no such setting; write one of {known}"),
        };
        let mut remark = Remark::without_value("unknown-key", "", text);
        remark.suggestion = similar.map(Into::into);
        Self::unread(path, remark)
    }

    pub(crate) fn not_in_a_file(path: &str, preset: &'static str, instead: &str) -> Self {
        let text = format!("it has no form in a file; {instead}");
        Self::unread(path, Remark::without_value("not-in-a-file", preset, text))
    }

    #[cfg(not(feature = "tracing"))]
    pub(crate) fn missing_feature(path: &str, setting: &'static str, feature: &str) -> Self {
        let text = format!(
            "this program is built without the feature `{feature}` of tower-cors; leave it out, or turn the feature on"
        );
        Self::unread(path, Remark::without_value("missing-feature", setting, text))
    }

    pub(crate) fn duplicate_setting(path: &str, setting: &'static str, first: &str) -> Self {
        let text = if path == first {
            "this key is there already; write it once".into()
        } else {
            format!("\"{first}\" sets the same already; write only one of them")
        };
        Self::unread(path, Remark::without_value("duplicate-setting", setting, text))
    }

    /// Without a value if that is a list, a map or nothing.
    pub(crate) fn wrong_type(
        path: &str,
        setting: &'static str,
        value: Option<String>,
        kind: &str,
        instead: &str,
    ) -> Self {
        let text = format!("this is {kind}; {instead}");
        let mut remark = Remark::without_value("wrong-type", setting, text);
        remark.value = value;
        Self::unread(path, remark)
    }

    pub(crate) fn empty_text(path: &str, setting: &'static str) -> Self {
        let text =
            "there is nothing in this text; write [] for an empty list, or leave out the key";
        Self::unread(path, Remark::new("empty-element", setting, "", text))
    }

    pub(crate) fn empty_element(path: &str, setting: &'static str) -> Self {
        let text = "this element is empty; leave it out";
        Self::unread(path, Remark::new("empty-element", setting, "", text))
    }

    /// Of a list in one text, as it is shown.
    pub(crate) fn empty_part(path: &str, setting: &'static str, list: &str, index: usize) -> Self {
        let number = index + 1;
        let advice = format!("element {number} of this list is empty; leave out its comma");
        Self::unread(path, Remark::new("empty-element", setting, list, advice))
    }

    pub(crate) fn invalid_method(path: &str, method: &str) -> Self {
        let text = if method.contains(',') {
            LIST_IN_TEXT
        } else {
            "a method has only letters, digits and `!#$%&'*+-.^_`|~`; write it as in \"PUT\""
        };
        Self::unread(path, Remark::new("invalid-method", "allow_methods", shown(method), text))
    }

    pub(crate) fn invalid_header_name(path: &str, setting: &'static str, name: &str) -> Self {
        let text = if name.contains(',') {
            LIST_IN_TEXT
        } else {
            "a header name has only letters, digits and `!#$%&'*+-.^_`|~`; \
             write it as in \"content-type\""
        };
        Self::unread(path, Remark::new("invalid-header-name", setting, shown(name), text))
    }

    /// Of `mirror_request` where it is none of several, or has no meaning at all.
    pub(crate) fn misplaced_keyword(path: &str, setting: &'static str, keyword: &str) -> Self {
        let text = match setting {
            "expose_headers" => "a request names no headers to expose; write \"*\" for any",
            _ => {
                "this stands for all that the request asks for, so it cannot be one of several; \
                 write it alone, not in a list"
            }
        };
        Self::unread(path, Remark::new("misplaced-keyword", setting, keyword, text))
    }

    pub(crate) fn invalid_duration(path: &str, value: impl fmt::Display) -> Self {
        let text = "this is no duration in whole seconds; write a number of seconds, such as 600, \
                    or a text such as \"90s\", \"10m\" or \"1h30m\"";
        Self::unread(path, Remark::new("invalid-duration", "max_age", value, text))
    }

    pub(crate) fn endless_duration(path: &str, value: impl fmt::Display) -> Self {
        let text = "this is longer than can be written; write \"2h\", the most that Chromium takes";
        Self::unread(path, Remark::new("duration-too-long", "max_age", value, text))
    }

    pub(crate) fn unread_status(path: &str, value: impl fmt::Display) -> Self {
        let Self(remark) = Self::preflight_status(value);
        Self::unread(path, remark)
    }

    pub(crate) fn unread_pattern(path: &str, setting: &'static str, error: &PatternError) -> Self {
        let Self(remark) = Self::pattern(setting, error);
        Self::unread(path, remark)
    }

    pub(crate) fn dangerous_config(path: &str) -> Self {
        let text = "a file alone may not allow dangerous origins; leave it out, \
                    or let the program call accept_dangerous_config()";
        let setting = "dangerously_allow_origins";
        Self::unread(path, Remark::without_value("dangerous-config", setting, text))
    }

    fn unread(path: &str, mut remark: Remark) -> Self {
        remark.path = Some(path.into());
        Self(remark)
    }
}
