use http::HeaderValue;

use super::{list::list_form, raw::Raw, value::Reader};
use crate::{
    config::{AllowOrigin, Problem, file::Form},
    origin::OriginPattern,
};

impl Reader<'_> {
    /// Reads `{ fixed = "https://example.com" }`.
    pub(super) fn read_fixed(&mut self, entries: Vec<(Raw, Raw)>) {
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
}
