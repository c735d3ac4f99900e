//! Values that come from no text: other formats, and formats' own tricks.

use serde::{
    Deserialize,
    de::{
        IntoDeserializer,
        value::{Error, MapDeserializer},
    },
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

impl<'de, D: serde::Deserializer<'de, Error = Error>> IntoDeserializer<'de, Error> for Wrapped<D> {
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

#[test]
fn many_wrong_elements_are_all_told() {
    let many: Vec<&str> = vec!["https://Example.com"; 100_000];
    let error = error(read("allow_origins", many));
    assert_eq!(error.problems().len(), 100_000);
    assert_eq!(error.problems()[99_999].path(), Some("allow_origins[99999]"));
}
