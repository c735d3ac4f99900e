use std::fmt;

use ::serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use super::{
    key::{Key, is_spelling_of},
    raw::Raw,
    value::Reader,
};
use crate::{
    config::{
        Problem, Settings,
        file::{Entry, Form},
    },
    layer::CorsLayer,
};

/// Reads a map whose keys are named after the setters. [Configuration files](crate#configuration-files)
/// tells which values they take.
///
/// What cannot be read is kept, and told by [`build`](CorsLayer::build) with all other problems.
/// Only what is no map at all fails at once.
impl<'de> Deserialize<'de> for CorsLayer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(LayerVisitor)
    }
}

struct LayerVisitor;

impl<'de> Visitor<'de> for LayerVisitor {
    type Value = CorsLayer;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of CORS settings")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<CorsLayer, A::Error> {
        let mut settings = Settings::default();
        settings.file.is_read = true;
        while let Some((key, value)) = map.next_entry::<Raw, Raw>()? {
            let known = if let Raw::Text(text) = &key { Key::find(text) } else { None };
            let entry = match known {
                Some(known) => read(&mut settings, known, key.step(), value),
                None => unknown(&key),
            };
            settings.file.push(entry);
        }
        Ok(CorsLayer::of(settings))
    }
}

/// Takes in what a key says; it is read even where another key has said the same before.
fn read(settings: &mut Settings, key: Key, path: String, value: Raw) -> Entry {
    let mut reader = Reader::new(key, &path);
    reader.read(value);
    let Reader { form, said, mut problems, .. } = reader;
    let setting = key.setting();
    let repeated = match settings.file.first(setting) {
        Some(first) => {
            problems.insert(0, Problem::duplicate_setting(&path, key.name(), &first.key));
            Some(Box::new(said))
        }
        None => {
            settings.take(setting, &said);
            None
        }
    };
    Entry { setting: Some(setting), key: path, form, problems, repeated }
}

fn unknown(key: &Raw) -> Entry {
    let path = key.step();
    let text = if let Raw::Text(text) = key { text } else { "" };
    let problem = if is_spelling_of(text, "very_permissive") {
        let instead = "it hands every user's data to every site; list the origins, \
                       or write CorsLayer::very_permissive() in the program";
        Problem::not_in_a_file(&path, "very_permissive", instead)
    } else if is_spelling_of(text, "permissive") {
        let instead =
            "write \"*\" for allow_headers, allow_methods, allow_origins and expose_headers";
        Problem::not_in_a_file(&path, "permissive", instead)
    } else {
        let known = Key::ALL.map(Key::name).join(", ");
        Problem::unknown_key(&path, Key::similar(text).as_deref(), &known)
    };
    Entry {
        setting: None,
        key: path,
        form: Form::Value(String::new()),
        problems: vec![problem],
        repeated: None,
    }
}
