use std::str::FromStr;

use tower_cors::{ConfigError, CorsLayer, OriginPattern};

/// An origin pattern that a tenant may have: one that is safe to allow with credentials.
///
/// A predicate is trusted with what it allows, so nothing would keep a tenant from allowing
/// `http://shop.example` or `https://*.github.io`. Whether a layer builds with the pattern tells,
/// and says what is wrong with it.
#[derive(Clone, Debug)]
pub struct TenantOrigin(OriginPattern);

impl TenantOrigin {
    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    pub(crate) fn into_pattern(self) -> OriginPattern {
        self.0
    }
}

impl FromStr for TenantOrigin {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, ConfigError> {
        let _ = CorsLayer::new().allow_origins([text]).allow_credentials(true).build()?;
        Ok(Self(text.parse().expect("a layer builds with patterns only")))
    }
}
