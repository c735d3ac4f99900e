//! Values that come from no text: other formats, and formats' own tricks.

use serde::{
    Deserialize, Deserializer,
    de::{
        Error as _, IntoDeserializer, Unexpected, Visitor,
        value::{Error, MapDeserializer},
    },
    forward_to_deserialize_any,
};
use tower_cors::CorsLayer;

use crate::{error, problem};

fn read<'de, V: IntoDeserializer<'de, Error>>(key: &'static str, value: V) -> CorsLayer {
    CorsLayer::deserialize(MapDeserializer::new([(key, value)].into_iter())).expect("it is a map")
}

/// `serde_json` with the feature `arbitrary_precision`, which any other crate may turn on.
#[test]
fn numbers_of_arbitrary_precision_are_numbers() {
    let number = |digits: &'static str| {
        MapDeserializer::new([("$serde_json::private::Number", digits)].into_iter())
    };
    for digits in ["600", "6e2"] {
        let layer = CorsLayer::deserialize(MapDeserializer::new(
            [("max_age", Wrapped(number(digits)))].into_iter(),
        ));
        assert_eq!(serde_json::to_string(&layer.unwrap()).unwrap(), r#"{"max_age":600}"#);
    }
    let long = "99999999999999999999999999999999999999999999";
    let layer = CorsLayer::deserialize(MapDeserializer::new(
        [("max_age", Wrapped(number(long)))].into_iter(),
    ));
    assert_eq!(problem(layer.unwrap()).code(), "duration-too-long");
}

struct Wrapped<D>(D);

impl<'de, D: Deserializer<'de, Error = Error>> IntoDeserializer<'de, Error> for Wrapped<D> {
    type Deserializer = D;

    fn into_deserializer(self) -> D {
        self.0
    }
}

#[test]
fn large_integers_are_problems() {
    assert_eq!(problem(read("max_age", u128::MAX)).code(), "duration-too-long");
    assert_eq!(problem(read("max_age", i128::MIN)).code(), "invalid-duration");
    assert_eq!(problem(read("preflight_status", u64::MAX)).code(), "preflight-status");
}

/// From 2^53 on a float may stand for several integers.
#[test]
fn floats_are_integers_while_they_are_exact() {
    let code = |status: f64| problem(read("preflight_status", status)).code();
    assert_eq!(code(9_007_199_254_740_991.0), "preflight-status");
    assert_eq!(code(9_007_199_254_740_992.0), "wrong-type");
}

#[test]
fn floats_that_are_none_are_problems() {
    for float in [f64::NAN, f64::NEG_INFINITY] {
        assert_eq!(problem(read("max_age", float)).code(), "invalid-duration", "{float}");
    }
    assert_eq!(problem(read("max_age", f64::INFINITY)).code(), "duration-too-long");
}

#[test]
fn bytes_characters_and_units_are_taken_for_what_they_are() {
    let bytes = serde::de::value::BytesDeserializer::<Error>::new(b"*");
    let layer = CorsLayer::deserialize(MapDeserializer::new(
        [("allow_origins", Wrapped(bytes))].into_iter(),
    ));
    assert_eq!(
        problem(layer.unwrap()).to_string().split(';').next(),
        Some("allow_origins: this is bytes")
    );
    assert!(read("allow_origins", '*').build().is_ok());
    assert_eq!(problem(read("allow_origins", ())).code(), "wrong-type");
}

/// What formats hand over that have options and newtypes, such as RON.
enum Other {
    Newtype(&'static str),
    None,
    Some(&'static str),
    Unknown,
}

impl<'de> Deserializer<'de> for Other {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Newtype(text) => visitor.visit_newtype_struct(text.into_deserializer()),
            Self::None => visitor.visit_none(),
            Self::Some(text) => visitor.visit_some(text.into_deserializer()),
            Self::Unknown => Err(Error::invalid_type(Unexpected::Other("something"), &visitor)),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[test]
fn options_and_newtypes_are_what_is_in_them() {
    let origins = |value| {
        CorsLayer::deserialize(MapDeserializer::new(
            [("allow_origins", Wrapped(value))].into_iter(),
        ))
    };
    for value in [Other::Newtype("*"), Other::Some("*")] {
        let layer = origins(value).unwrap();
        assert_eq!(serde_json::to_string(&layer).unwrap(), r#"{"allow_origins":"*"}"#);
    }
    let problem = problem(origins(Other::None).unwrap());
    assert_eq!(problem.to_string().split(';').next(), Some("allow_origins: this is null"));
    let error = origins(Other::Unknown).unwrap_err();
    assert_eq!(error.to_string(), "invalid type: something, expected a value");
}

/// Nor does it take long.
#[test]
fn many_wrong_elements_are_all_told() {
    let many = (0..200_000).map(|index| if index % 2 == 0 { "x y" } else { "cookie" });
    let error = error(read("allow_headers", many.collect::<Vec<_>>()));
    assert_eq!(error.problems().len(), 200_000);
    for (index, problem) in error.into_iter().enumerate() {
        assert_eq!(problem.index(), Some(index));
    }
    assert_eq!(error.problems()[199_999].path(), Some("allow_headers[199999]"));
}
