use std::{future::poll_fn, pin::pin};

use bytes::{BufMut, Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use tower_service::Service;

use super::{
    list::without_whitespace,
    request::{Payload, is_null_body_status},
    url::Url,
};

pub(super) type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A request as it goes out.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub(super) is_preflight: bool,
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) payload: Payload,
}

#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// Gives the service the request, and reads its response to the end.
pub(super) async fn deliver<S, B, R>(service: &mut S, message: &Message) -> Result<Answer, BoxError>
where
    S: Service<http::Request<B>, Response = http::Response<R>>,
    S::Error: Into<BoxError>,
    B: From<Vec<u8>>,
    R: http_body::Body,
    R::Error: Into<BoxError>,
{
    poll_fn(|cx| service.poll_ready(cx)).await.map_err(Into::into)?;
    let response = service.call(message.to_http()).await.map_err(Into::into)?;
    let (parts, body) = response.into_parts();
    let is_bodiless = message.method == Method::HEAD || is_null_body_status(parts.status);
    let body = match is_bodiless {
        true => Bytes::new(),
        false => collect(body).await.map_err(Into::into)?,
    };
    Ok(Answer { status: parts.status, headers: trimmed(parts.headers), body })
}

/// Blanks around a value do not survive: <https://www.rfc-editor.org/rfc/rfc9110#section-5.5>
fn trimmed(mut headers: HeaderMap) -> HeaderMap {
    for value in headers.values_mut() {
        let bytes = without_whitespace(value.as_bytes());
        *value = HeaderValue::from_bytes(bytes).expect("a part of a value is one");
    }
    headers
}

async fn collect<R: http_body::Body>(body: R) -> Result<Bytes, R::Error> {
    let mut body = pin!(body);
    let mut bytes = BytesMut::new();
    while let Some(frame) = poll_fn(|cx| body.as_mut().poll_frame(cx)).await {
        if let Ok(data) = frame?.into_data() {
            bytes.put(data);
        }
    }
    Ok(bytes.freeze())
}

impl Message {
    /// In the form of HTTP/1.1: path and query, and the rest as `Host`.
    fn to_http<B: From<Vec<u8>>>(&self) -> http::Request<B> {
        let body = match &self.payload {
            Payload::None => Vec::new(),
            Payload::Source(bytes) | Payload::Stream(bytes) => bytes.clone(),
        };
        let mut request = http::Request::new(B::from(body));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.url.path_and_query().parse().expect("the URL has been parsed");
        *request.headers_mut() = self.headers.clone();
        request
    }
}
