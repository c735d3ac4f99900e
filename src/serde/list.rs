use http::{HeaderName, HeaderValue, Method};

use super::{
    key::{Key, is_spelling_of},
    raw::Raw,
    value::Reader,
};
use crate::{
    config::{AllowHeaders, AllowMethods, AllowOrigin, Any, ExposeHeaders, Problem, file::Form},
    origin::OriginPattern,
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
            (Key::DangerouslyAllowOrigins, Raw::List(elements)) => {
                if let List::Texts(texts) = self.array(elements) {
                    let texts = texts.into_iter().map(|(_, text)| text);
                    self.said.dangerous_origins = AllowOrigin::dangerous(texts);
                }
            }
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
        match (self.key, list) {
            (Key::AllowHeaders, list) => {
                self.said.allow_headers = match list {
                    List::Any => Any.into(),
                    List::Requested => AllowHeaders::mirror_request(),
                    List::Texts(texts) => AllowHeaders::list(self.header_names(texts)),
                }
            }
            (Key::AllowMethods, list) => {
                self.said.allow_methods = match list {
                    List::Any => Any.into(),
                    List::Requested => AllowMethods::mirror_request(),
                    List::Texts(texts) => AllowMethods::list(self.methods(texts)),
                }
            }
            (Key::ExposeHeaders, List::Any) => self.said.expose_headers = Any.into(),
            (Key::ExposeHeaders, List::Texts(texts)) => {
                self.said.expose_headers = ExposeHeaders::list(self.header_names(texts));
            }
            (Key::Vary, List::Texts(texts)) => self.said.vary = self.header_names(texts),
            (key, list) => {
                self.said.allow_origin = match list {
                    List::Any => Any.into(),
                    List::Requested => AllowOrigin::mirror_request(),
                    List::Texts(texts) => {
                        let texts = texts.into_iter().map(|(_, text)| text).collect();
                        AllowOrigin::strings(key.name(), texts)
                    }
                }
            }
        }
    }

    fn array(&mut self, elements: Vec<Raw>) -> List {
        self.form = Form::Array { unread: Vec::new() };
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
        let mut texts = Vec::new();
        for (index, part) in text.split(',').map(str::trim).enumerate() {
            if part.is_empty() {
                self.refuse(index, |path, setting| Problem::empty_part(path, setting, text, index));
            } else if self.is_keyword(part) {
                self.refuse(index, |path, setting| Problem::misplaced_keyword(path, setting, part));
            } else {
                texts.push((index, part.to_owned()));
            }
        }
        List::Texts(texts)
    }

    /// Reads `{ fixed = "https://example.com" }`.
    fn read_fixed(&mut self, entries: Vec<(Raw, Raw)>) {
        self.form = Form::Fixed;
        let setting = self.key.name();
        if entries.is_empty() {
            self.wrong_type(&Raw::Map(entries), list_form(self.key));
            return;
        }
        let mut is_given = false;
        for (key, value) in entries {
            let path = format!("{}.{}", self.path, key.step());
            let problem = match (key, value) {
                (Raw::Text(key), _) if key == "fixed" && is_given => {
                    Some(Problem::duplicate_setting(&path, setting, &path))
                }
                (Raw::Text(key), Raw::Text(origin)) if key == "fixed" => {
                    is_given = true;
                    self.fixed_origin(&path, &origin)
                }
                (Raw::Text(key), value) if key == "fixed" => {
                    let (shown, kind) = (value.shown(), value.kind());
                    let instead = "write one origin, such as \"https://example.com\"";
                    Some(Problem::wrong_type(&path, setting, shown, kind, instead))
                }
                _ => Some(Problem::unknown_key(&path, Some("fixed"), "fixed")),
            };
            self.problems.extend(problem);
        }
    }

    fn fixed_origin(&mut self, path: &str, origin: &str) -> Option<Problem> {
        match HeaderValue::from_str(origin) {
            Ok(value) => {
                self.said.allow_origin = AllowOrigin::fixed(value);
                None
            }
            // What no header can say is no origin either.
            Err(_) => {
                let error = origin.parse::<OriginPattern>().err()?;
                Some(Problem::unread_pattern(path, self.key.name(), &error))
            }
        }
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
        let mut parsed = Vec::new();
        for (index, text) in texts {
            match parse(&text) {
                Some(value) => parsed.push(value),
                None => self.refuse(index, |path, setting| problem(path, setting, &text)),
            }
        }
        parsed
    }

    /// Tells a problem with one element, which is then left out.
    fn refuse(&mut self, index: usize, problem: impl FnOnce(&str, &'static str) -> Problem) {
        let path = match &self.form {
            Form::Array { .. } => format!("{}[{index}]", self.path),
            _ => self.path.to_owned(),
        };
        if let Form::Array { unread } | Form::Text { unread } = &mut self.form {
            unread.push(index);
        }
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
fn list_form(key: Key) -> &'static str {
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
