use http::{HeaderMap, HeaderName, HeaderValue, Method, header};

use super::{
    environment::Environment,
    forbidden::{is_forbidden_header, is_forbidden_method, normalized},
    options::{Credentials, Mode, Redirect},
    profile::Profile,
    reason::Reason,
    request::{Payload, Request, Tainting},
    safelist::{is_no_cors_safelisted, is_safelisted_method},
    url::Url,
};

/// What a script said, which may be wrong.
#[derive(Clone, Debug)]
pub(super) struct Script {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: Vec<(String, Vec<u8>)>,
    pub(super) payload: Payload,
    /// What the body says that it is, unless the script says so.
    pub(super) content_type: Option<&'static str>,
    pub(super) upload_listener: bool,
    pub(super) credentials: Credentials,
    pub(super) mode: Mode,
    pub(super) redirect: Redirect,
}

impl Script {
    pub(super) fn new(method: &str, url: &str) -> Self {
        Self {
            method: method.to_owned(),
            url: url.to_owned(),
            headers: Vec::new(),
            payload: Payload::None,
            content_type: None,
            upload_listener: false,
            credentials: Credentials::default(),
            mode: Mode::default(),
            redirect: Redirect::default(),
        }
    }

    /// The request, or what `fetch` throws: <https://fetch.spec.whatwg.org/#dom-request>
    pub(super) fn request(self, environment: &Environment) -> Result<Request, Reason> {
        let url = self.parsed_url(environment)?;
        let method = self.parsed_method()?;
        let is_stream = matches!(self.payload, Payload::Stream(_));
        if self.payload != Payload::None && [Method::GET, Method::HEAD].contains(&method) {
            return Err(type_error("a request with method GET or HEAD cannot have a body"));
        }
        if self.mode == Mode::NoCors && is_stream {
            return Err(type_error("a stream needs the mode `cors` or `same-origin`"));
        }
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            self.add_header(&mut headers, name, value, environment.shared.profile)?;
        }
        if let (Some(value), None) = (self.content_type, headers.get(header::CONTENT_TYPE)) {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(value));
        }
        Ok(Request {
            method,
            original_headers: headers.clone(),
            headers,
            payload: self.payload,
            mode: self.mode,
            credentials: self.credentials,
            redirect: self.redirect,
            use_cors_preflight: self.upload_listener || is_stream,
            needed_preflight: false,
            origin: environment.origin.clone(),
            partition: environment.partition.clone(),
            tainting: Tainting::Basic,
            url,
            redirected_from: Vec::new(),
        })
    }

    fn parsed_url(&self, environment: &Environment) -> Result<Url, Reason> {
        let url = match &environment.url {
            Some(base) => base.join(&self.url),
            None => Url::parse(&self.url),
        };
        let url = url.map_err(Reason::TypeError)?;
        match url.has_userinfo() {
            true => Err(type_error("the URL includes credentials")),
            false => Ok(url),
        }
    }

    fn parsed_method(&self) -> Result<Method, Reason> {
        let Some(method) = normalized(&self.method) else {
            return Err(type_error("the method is not a token"));
        };
        if is_forbidden_method(method.as_str()) {
            return Err(type_error("the method is forbidden"));
        }
        if self.mode == Mode::NoCors && !is_safelisted_method(&method) {
            return Err(type_error("the mode `no-cors` allows GET, HEAD and POST"));
        }
        Ok(method)
    }

    /// Leaves out without a word what scripts cannot set.
    fn add_header(
        &self,
        headers: &mut HeaderMap,
        name: &str,
        value: &[u8],
        profile: Profile,
    ) -> Result<(), Reason> {
        let value = value.trim_ascii();
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| type_error("a header name is not a token"))?;
        let parsed = HeaderValue::from_bytes(value)
            .map_err(|_| type_error("a header value has control characters"))?;
        let is_dropped = is_forbidden_header(name.as_str(), value)
            || (name == header::USER_AGENT && profile.leaves_out_user_agent())
            || (self.mode == Mode::NoCors && !is_no_cors_safelisted(name.as_str(), value));
        if !is_dropped {
            headers.append(name, parsed);
        }
        Ok(())
    }
}

fn type_error(message: &str) -> Reason {
    Reason::TypeError(message.to_owned())
}
