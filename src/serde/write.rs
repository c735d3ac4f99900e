use ::serde::ser::{Error, Serialize, SerializeMap, Serializer};

use super::normal::normal_form;
use crate::layer::CorsLayer;

/// Writes the configuration in its normal form: keys in alphabetical order, lists sorted and
/// without repetitions, no origin that another one covers, `max_age` in whole seconds, and nothing
/// that is the default. What is read from it is written as the same again.
///
/// # Errors
///
/// If the configuration has problems, with all of them; or if it says what no file can, such as a
/// predicate, with the names of those settings.
impl Serialize for CorsLayer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Err(error) = self.clone().build() {
            return Err(S::Error::custom(error));
        }
        let entries = normal_form(self.settings()).map_err(|unwritable| {
            let lines: String = unwritable.iter().flat_map(|line| ["\n  ", line]).collect();
            S::Error::custom(format_args!("the CORS configuration cannot be written{lines}"))
        })?;
        let mut map = serializer.serialize_map(Some(entries.len()))?;
        for (key, value) in &entries {
            map.serialize_entry(key.name(), value)?;
        }
        map.end()
    }
}
