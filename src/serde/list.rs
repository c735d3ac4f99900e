use http::{HeaderName, Method};

use super::{
    key::{Key, is_spelling_of},
    raw::Raw,
    value::Reader,
};
use crate::{
    config::{AllowHeaders, AllowMethods, AllowOrigin, Any, ExposeHeaders, Problem, file::Form},
    origin::shown,
};

/// What the value of a list setting says.
enum List {
    Any,
    Requested,
    /// The texts with their places in the list.
    Texts(Vec<(usize, String)>),
}

impl Reader<'_> {
    pub(super) fn read_list(&mut self, value: Raw) {
        match (self.key, value) {
            (Key::AllowOrigin | Key::AllowOrigins, Raw::Map(entries)) => self.read_fixed(entries),
            (_, Raw::List(elements)) => {
                let list = self.array(elements);
                self.take_list(list);
            }
            (key, Raw::Text(text)) if key != Key::DangerouslyAllowOrigins => {
                if text.trim().is_empty() {
                    self.problems.push(Problem::empty_text(self.path, key.name()));
                } else {
                    let list = self.parts(&text);
                    self.take_list(list);
                }
            }
            (key, value) => self.wrong_type(&value, list_form(key)),
        }
    }

    fn take_list(&mut self, list: List) {
        match self.key {
            Key::AllowHeaders => {
                self.said.allow_headers = match list {
                    List::Any => Any.into(),
                    List::Requested => AllowHeaders::mirror_request(),
                    List::Texts(texts) => AllowHeaders::list(self.header_names(texts)),
                }
            }
            Key::AllowMethods => {
                self.said.allow_methods = match list {
                    List::Any => Any.into(),
                    List::Requested => AllowMethods::mirror_request(),
                    List::Texts(texts) => AllowMethods::list(self.methods(texts)),
                }
            }
            Key::AllowOrigin | Key::AllowOrigins => {
                self.said.allow_origin = match list {
                    List::Any => Any.into(),
                    List::Requested => AllowOrigin::mirror_request(),
                    List::Texts(texts) => {
                        AllowOrigin::strings(self.key.name(), self.origins(texts).collect())
                    }
                }
            }
            Key::DangerouslyAllowOrigins => {
                if let List::Texts(texts) = list {
                    let texts = self.origins(texts);
                    self.said.dangerous_origins = AllowOrigin::dangerous(texts);
                }
            }
            Key::ExposeHeaders => {
                self.said.expose_headers = match list {
                    List::Texts(texts) => ExposeHeaders::list(self.header_names(texts)),
                    List::Any | List::Requested => Any.into(),
                }
            }
            _ => {
                if let List::Texts(texts) = list {
                    self.said.vary = self.header_names(texts);
                }
            }
        }
    }

    fn array(&mut self, elements: Vec<Raw>) -> List {
        self.form = Form::Array { places: Vec::new() };
        if let ([Raw::Text(text)], true) = (&*elements, takes_any(self.key)) {
            if text == "*" {
                return List::Any;
            }
        }
        let mut texts = Vec::new();
        for (index, element) in elements.into_iter().enumerate() {
            match element {
                Raw::Text(text) if text.trim().is_empty() => {
                    self.refuse(index, Problem::empty_element);
                }
                Raw::Text(text) if self.is_keyword(&text) => {
                    self.refuse(index, |path, setting| {
                        Problem::misplaced_keyword(path, setting, &text)
                    });
                }
                Raw::Text(text) => texts.push((index, text)),
                value => self.refuse(index, |path, setting| {
                    let instead = "write each element as a text";
                    Problem::wrong_type(path, setting, value.shown(), value.kind(), instead)
                }),
            }
        }
        List::Texts(texts)
    }

    /// The parts of a text that stands for a list, as variables of the environment have to.
    fn parts(&mut self, text: &str) -> List {
        match text.trim() {
            "*" if takes_any(self.key) => return List::Any,
            text if self.is_keyword(text) && self.key != Key::ExposeHeaders => {
                return List::Requested;
            }
            _ => {}
        }
        let (list, mut texts) = (shown(text), Vec::new());
        for (index, part) in text.split(',').map(str::trim).enumerate() {
            if part.is_empty() {
                self.refuse(index, |path, setting| {
                    Problem::empty_part(path, setting, &list, index)
                });
            } else if self.is_keyword(part) {
                self.refuse(index, |path, setting| Problem::misplaced_keyword(path, setting, part));
            } else {
                texts.push((index, part.to_owned()));
            }
        }
        List::Texts(texts)
    }

    fn origins(&mut self, texts: Vec<(usize, String)>) -> impl Iterator<Item = String> + use<> {
        self.keep(texts.iter().map(|(index, _)| *index).collect());
        texts.into_iter().map(|(_, text)| text)
    }

    fn methods(&mut self, texts: Vec<(usize, String)>) -> Vec<Method> {
        let parse = |text: &str| Method::from_bytes(text.as_bytes()).ok();
        self.parse(texts, parse, |path, _, text| Problem::invalid_method(path, text))
    }

    fn header_names(&mut self, texts: Vec<(usize, String)>) -> Vec<HeaderName> {
        let parse = |text: &str| HeaderName::from_bytes(text.as_bytes()).ok();
        self.parse(texts, parse, Problem::invalid_header_name)
    }

    fn parse<T>(
        &mut self,
        texts: Vec<(usize, String)>,
        parse: impl Fn(&str) -> Option<T>,
        problem: impl Fn(&str, &'static str, &str) -> Problem,
    ) -> Vec<T> {
        let (mut parsed, mut places) = (Vec::new(), Vec::new());
        for (index, text) in texts {
            match parse(&text) {
                Some(value) => {
                    parsed.push(value);
                    places.push(index);
                }
                None => self.refuse(index, |path, setting| problem(path, setting, &text)),
            }
        }
        self.keep(places);
        parsed
    }

    /// Notes which elements could be read, if there are others in between.
    fn keep(&mut self, indices: Vec<usize>) {
        let is_all = indices.iter().copied().eq(0..indices.len());
        if let (Form::Array { places } | Form::Text { places }, false) = (&mut self.form, is_all) {
            *places = indices;
        }
    }

    /// Tells a problem with one element, which is then left out.
    fn refuse(&mut self, index: usize, problem: impl FnOnce(&str, &'static str) -> Problem) {
        let path = match &self.form {
            Form::Array { .. } => format!("{}[{index}]", self.path),
            _ => self.path.to_owned(),
        };
        self.problems.push(problem(&path, self.key.name()).at(index));
    }

    fn is_keyword(&self, text: &str) -> bool {
        takes_any(self.key) && is_spelling_of(text, "mirror_request")
    }
}

fn takes_any(key: Key) -> bool {
    !matches!(key, Key::DangerouslyAllowOrigins | Key::Vary)
}

/// What to write for the key instead of something else.
pub(super) fn list_form(key: Key) -> &'static str {
    match key {
        Key::AllowMethods => {
            "write a list of methods, such as [\"PUT\"], \"*\" or \"mirror_request\""
        }
        Key::AllowHeaders => {
            "write a list of names, such as [\"content-type\"], \"*\" or \"mirror_request\""
        }
        Key::ExposeHeaders => "write a list of names, such as [\"etag\"], or \"*\"",
        Key::DangerouslyAllowOrigins => "write a list of origins, such as [\"http://example.com\"]",
        Key::Vary => "write a list of names, such as [\"accept-language\"]",
        _ => {
            "write a list of origins, such as [\"https://example.com\"], \"*\", \"mirror_request\", \
             or a map with the key \"fixed\""
        }
    }
}
