use std::{error::Error, fmt};

use super::{fault::Fault, repair::repair};

/// Why a text is no [`OriginPattern`](crate::OriginPattern), and what to write instead.
///
/// Its text is one line and names the offending value; user names and passwords are left out.
#[derive(Clone, Debug)]
pub struct PatternError {
    value: String,
    fault: Fault,
    suggestion: Option<String>,
}

impl PatternError {
    pub(crate) fn new(text: &str, fault: Fault) -> Self {
        // A literal with a wildcard is no misspelt pattern: it is in the wrong setter.
        let suggestion = if fault == Fault::WildcardInLiteral { None } else { repair(text) };
        Self { value: shown(text), fault, suggestion }
    }

    /// A stable name for the kind of fault, such as `origin-trailing-slash`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.fault.wording().0
    }

    /// The offending text, without user name and password.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The corrected pattern, where there is one.
    #[must_use]
    pub fn suggestion(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }

    /// The error without the offending text: what is wrong; what to write instead.
    pub(crate) fn advice(&self) -> String {
        let (_, wrong, instead) = self.fault.wording();
        match &self.suggestion {
            Some(suggestion) => format!("{wrong}; write \"{suggestion}\""),
            None => format!("{wrong}; {instead}"),
        }
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\": {}", self.value, self.advice())
    }
}

impl Error for PatternError {}

/// A text as it can be shown: no secrets, no control characters, no end in sight cut off.
fn shown(text: &str) -> String {
    const LONGEST: usize = 200;
    let authority = text.find("://").map_or(0, |scheme_end| scheme_end + "://".len());
    let end = text[authority..].find(['/', '?', '#']).map_or(text.len(), |end| authority + end);
    let secret_end = text[authority..end].rfind('@').map_or(authority, |at| authority + at);
    let mut shown: String = text[..authority].escape_debug().collect();
    if secret_end > authority {
        shown.push('…');
    }
    shown.extend(text[secret_end..].chars().take(LONGEST).flat_map(char::escape_debug));
    if text[secret_end..].chars().count() > LONGEST {
        shown.push('…');
    }
    shown
}
