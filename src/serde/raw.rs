use std::fmt;

use ::serde::de::{
    Deserialize, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};

use crate::origin::shown;

/// A value of a file, whatever it should have been.
#[derive(Clone, Debug)]
pub(super) enum Raw {
    Boolean(bool),
    Bytes,
    Date,
    Float(f64),
    Integer(i128),
    List(Vec<Self>),
    Map(Vec<(Self, Self)>),
    Null,
    Tagged,
    Text(String),
}

impl Raw {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Boolean(_) => "a boolean",
            Self::Bytes => "bytes",
            Self::Date => "a date",
            Self::Float(_) | Self::Integer(_) => "a number",
            Self::List(_) => "a list",
            Self::Map(entries) if entries.is_empty() => "an empty map",
            Self::Map(_) => "a map",
            Self::Null => "null",
            Self::Tagged => "a tagged value",
            Self::Text(_) => "a text",
        }
    }

    /// The value as it can be shown, if it is a single one.
    pub(super) fn shown(&self) -> Option<String> {
        match self {
            Self::Boolean(value) => Some(value.to_string()),
            Self::Float(value) if value.abs() >= EXACT => Some(format!("{value:e}")),
            Self::Float(value) => Some(value.to_string()),
            Self::Integer(value) => Some(value.to_string()),
            Self::Text(text) => Some(shown(text)),
            Self::Bytes | Self::Date | Self::List(_) | Self::Map(_) | Self::Null | Self::Tagged => {
                None
            }
        }
    }

    /// The value as an integer, if it is one: some writers of JSON know only floats.
    pub(super) fn integer(&self) -> Option<i128> {
        match self {
            Self::Float(value) if value.fract() == 0.0 && value.abs() < EXACT => {
                Some(*value as i128)
            }
            Self::Integer(value) => Some(*value),
            _ => None,
        }
    }

    /// The value as a step of a key path.
    pub(super) fn step(&self) -> String {
        let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        match self {
            Self::Text(text) if text.is_empty() || !text.chars().all(is_bare) => {
                format!("\"{}\"", shown(text))
            }
            value => value.shown().unwrap_or_else(|| format!("({})", value.kind())),
        }
    }

    /// What formats hand over as a map, having no other way: the dates of `toml`, and the numbers of
    /// `serde_json` with its feature `arbitrary_precision`, which anyone may turn on.
    fn disguised(entries: &[(Self, Self)]) -> Option<Self> {
        let [(Self::Text(key), Self::Text(text))] = entries else {
            return None;
        };
        match key.as_str() {
            "$__toml_private_datetime" => Some(Self::Date),
            "$serde_json::private::Number" => {
                text.parse().map(Self::Integer).or_else(|_| text.parse().map(Self::Float)).ok()
            }
            _ => None,
        }
    }
}

/// From here on not every integer is a float.
pub(super) const EXACT: f64 = 9_007_199_254_740_992.0;

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Boolean(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Integer(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Raw, E> {
        Ok(Raw::Integer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Integer(value.into()))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Raw, E> {
        Ok(i128::try_from(value).map_or(Raw::Float(value as f64), Raw::Integer))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Float(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.into()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Raw, E> {
        Ok(Raw::Text(text))
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<Raw, E> {
        Ok(Raw::Bytes)
    }

    fn visit_none<E: Error>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_unit<E: Error>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Raw, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = list.next_element()? {
            elements.push(element);
        }
        Ok(Raw::List(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::disguised(&entries).unwrap_or(Raw::Map(entries)))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Raw, A::Error> {
        let (IgnoredAny, value) = tagged.variant()?;
        value.newtype_variant::<IgnoredAny>()?;
        Ok(Raw::Tagged)
    }
}
