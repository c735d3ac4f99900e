use std::{fmt, str::FromStr};

use super::{error::PatternError, parse::Pattern};

/// One origin, or a family of origins, that a policy allows.
///
/// | pattern | matches | does not match |
/// |---|---|---|
/// | `https://example.com` | that origin | `http://example.com`, `https://www.example.com` |
/// | `https://*.example.com` | one or more labels below: `https://a.b.example.com` | `https://example.com` |
/// | `http://localhost:*` | any port, the default one too | `http://localhost.evil.com` |
/// | `https://*.example.com:*` | both of these | |
/// | `tauri://localhost` | that origin of an app | |
/// | `http://[::1]:3000` | that address, written canonically | |
///
/// Nothing else is a pattern; the error says what to write instead.
///
/// ```
/// # fn main() -> Result<(), tower_cors::PatternError> {
/// use tower_cors::OriginPattern;
///
/// let pattern: OriginPattern = "https://*.example.com".parse()?;
/// assert_eq!(pattern.as_str(), "https://*.example.com");
///
/// let error = "https://Example.com/".parse::<OriginPattern>().unwrap_err();
/// assert_eq!(error.suggestion(), Some("https://example.com"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct OriginPattern(Box<str>);

impl OriginPattern {
    /// The pattern as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for OriginPattern {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for OriginPattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        match Pattern::parse(text) {
            Ok(_) => Ok(Self(text.into())),
            Err(fault) => Err(PatternError::new(text, fault)),
        }
    }
}

impl fmt::Display for OriginPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
