use std::{borrow::Cow, fmt};

/// What is to be said about one setting. Its text is one line:
/// `setting "value": what is wrong; what to write instead`.
#[derive(Clone, Debug)]
pub(super) struct Remark {
    pub(super) code: &'static str,
    pub(super) setting: &'static str,
    pub(super) value: Option<String>,
    pub(super) text: Cow<'static, str>,
    pub(super) suggestion: Option<String>,
}

impl Remark {
    pub(super) fn new(
        code: &'static str,
        setting: &'static str,
        value: impl fmt::Display,
        text: impl Into<Cow<'static, str>>,
    ) -> Self {
        let value = Some(value.to_string());
        Self { code, setting, value, text: text.into(), suggestion: None }
    }

    /// A remark about a setting as a whole.
    pub(super) fn without_value(
        code: &'static str,
        setting: &'static str,
        text: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { code, setting, value: None, text: text.into(), suggestion: None }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Some(value) => write!(f, "{} \"{value}\": {}", self.setting, self.text),
            None => write!(f, "{}: {}", self.setting, self.text),
        }
    }
}
