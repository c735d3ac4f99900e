use crate::policy::Said;

/// Those that pages may send and that `http` has constants for.
pub(super) const STANDARD_METHODS: [&str; 7] =
    ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/// What a setting lacks for a request to be allowed.
///
/// Setters replace what was set before; these values go beside those that are set already.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Missing {
    setting: &'static str,
    values: Vec<String>,
}

impl Missing {
    pub(super) fn new(setting: &'static str, values: impl IntoIterator<Item = String>) -> Self {
        Self { setting, values: values.into_iter().collect() }
    }

    /// The setter of [`CorsLayer`](crate::CorsLayer), which is also the key in configuration files:
    /// `allow_headers`, `allow_methods` or `allow_origins`.
    #[must_use]
    pub fn setting(&self) -> &'static str {
        self.setting
    }

    /// The header names, methods or origins to add.
    #[must_use]
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// In the words of the file that the setting stands in, or of the program.
    pub(super) fn suggestion(&self, said: &Said) -> String {
        let quoted: Vec<_> = self.values.iter().map(|value| format!("\"{value}\"")).collect();
        match said.key(self.setting) {
            Some(key) => format!("list {} in {key}", quoted.join(", ")),
            None => self.call(if said.lists(self.setting) { "…, " } else { "" }),
        }
    }

    fn call(&self, others: &str) -> String {
        let expression = match self.setting {
            "allow_headers" => |name: &String| format!("HeaderName::from_static(\"{name}\")"),
            "allow_methods" => |method: &String| method_expression(method),
            _ => |origin: &String| format!("\"{origin}\""),
        };
        let expressions: Vec<_> = self.values.iter().map(expression).collect();
        format!(".{}([{others}{}])", self.setting, expressions.join(", "))
    }
}

fn method_expression(method: &str) -> String {
    if STANDARD_METHODS.contains(&method) {
        format!("Method::{method}")
    } else {
        format!("Method::from_bytes(b\"{method}\")?")
    }
}
