use std::{error::Error, fmt};

use super::{fault::Fault, parse::Pattern, repair::repair};

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
        let suggestion = if fault.is_repairable() { repair(text) } else { None };
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
        let value = &self.value;
        match &self.suggestion {
            Some(suggestion) => format!("{wrong}; write \"{suggestion}\""),
            None if self.fault == Fault::WildcardInLiteral && Pattern::parse(value).is_ok() => {
                format!("{wrong}; write it as a string, with allow_origins([\"{value}\"])")
            }
            None => format!("{wrong}; {instead}"),
        }
    }

    /// The same for whoever writes a file, and no Rust.
    pub(crate) fn advice_for_file(&self) -> String {
        let (_, wrong, _) = self.fault.wording();
        match self.fault {
            Fault::AnyOrigin => {
                format!("{wrong}; write \"*\" alone, or patterns such as \"https://*.example.com\"")
            }
            Fault::Null => format!(
                "{wrong}; leave it out, or if every site may read what you serve, \
                 list it in dangerously_allow_origins"
            ),
            Fault::WildcardInLiteral => {
                "a fixed origin is taken literally, and no browser sends a `*`; \
                                         write it as a pattern, in allow_origins"
                    .into()
            }
            _ => self.advice(),
        }
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\": {}", self.value, self.advice())
    }
}

impl Error for PatternError {}

/// A text as it can be shown: no secrets, no control characters, not without end.
pub(crate) fn shown(text: &str) -> String {
    let authority = text.find("://").map_or(0, |scheme_end| scheme_end + "://".len());
    let (Some(first), Some(last)) = (text.find('@'), text.rfind('@')) else {
        return cut(&text[..authority]) + &cut(&text[authority..]);
    };
    // Raw in a password, `/` and the like end an authority too early to go by it.
    let secret = if authority <= first { authority } else { 0 };
    let hidden = if secret < last { "…" } else { "" };
    cut(&text[..secret]) + hidden + &cut(&text[last..])
}

fn cut(text: &str) -> String {
    const LONGEST: usize = 200;
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
    let rest = if end < text.len() { "…" } else { "" };
    text[..end]
        .split('\'')
        .map(|part| part.escape_debug().to_string())
        .collect::<Vec<_>>()
        .join("'")
        + rest
}
