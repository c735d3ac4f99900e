use std::{borrow::Cow, fmt};

/// What is to be said about one setting. Its text is one line:
/// `setting "value": what is wrong; what to write instead`.
#[derive(Clone, Debug)]
pub(super) struct Remark {
    pub(super) code: &'static str,
    pub(super) setting: &'static str,
    pub(super) value: Option<String>,
    pub(super) text: Cow<'static, str>,
    /// What to say instead to whoever writes a file: `text` may tell to write Rust.
    pub(super) text_for_file: Option<Cow<'static, str>>,
    pub(super) suggestion: Option<String>,
    /// The number of the `when` whose layer it is about.
    pub(super) branch: Option<usize>,
    /// Which of the setting's values it is about.
    pub(super) index: Option<usize>,
    /// Where the value stands in a file, if it comes from one.
    pub(super) path: Option<String>,
}

impl Remark {
    pub(super) fn new(
        code: &'static str,
        setting: &'static str,
        value: impl fmt::Display,
        text: impl Into<Cow<'static, str>>,
    ) -> Self {
        let remark = Self::without_value(code, setting, text);
        Self { value: Some(value.to_string()), ..remark }
    }

    /// A remark about a setting as a whole.
    pub(super) fn without_value(
        code: &'static str,
        setting: &'static str,
        text: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            code,
            setting,
            value: None,
            text: text.into(),
            text_for_file: None,
            suggestion: None,
            branch: None,
            index: None,
            path: None,
        }
    }

    pub(super) fn for_file(self, text: impl Into<Cow<'static, str>>) -> Self {
        Self { text_for_file: Some(text.into()), ..self }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(branch) = self.branch {
            write!(f, "when[{branch}].")?;
        }
        let place = self.path.as_deref().unwrap_or(self.setting);
        let text = self.text_for_file.as_ref().filter(|_| self.path.is_some());
        let text = text.unwrap_or(&self.text);
        match &self.value {
            Some(value) => write!(f, "{place} \"{value}\": {text}"),
            None => write!(f, "{place}: {text}"),
        }
    }
}
