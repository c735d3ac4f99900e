//! The names of a preset, as its own answers list them.

use std::{collections::BTreeSet, convert::Infallible, error::Error};

use http::{HeaderMap, HeaderName, Method, Request, Response, header};
use tower::{Layer, ServiceExt, service_fn};
use tower_cors::CorsLayer;

use crate::traffic::Traffic;

const PAGE: &str = "https://page.example";

/// What every request of a browser has, whatever the script says.
const OF_THE_BROWSER: [&str; 11] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "cache-control",
    "connection",
    "content-length",
    "host",
    "origin",
    "pragma",
    "referer",
    "user-agent",
];

/// A preset's names, to be written by hand.
#[derive(Clone, Debug)]
pub struct Names {
    /// Its methods.
    pub methods: Vec<Method>,
    /// Its request headers.
    pub request_headers: Vec<HeaderName>,
    /// Its exposed headers.
    pub exposed_headers: Vec<HeaderName>,
}

impl Names {
    /// Those of a layer.
    ///
    /// # Errors
    ///
    /// If they are no names.
    pub async fn of(layer: CorsLayer) -> Result<Self, Box<dyn Error>> {
        let layer = layer.allow_origins([PAGE]);
        let preflight = Request::options("/").header(header::ACCESS_CONTROL_REQUEST_METHOD, "GET");
        let preflight = answer(&layer, preflight).await?;
        let actual = answer(&layer, Request::get("/")).await?;
        Ok(Self {
            methods: list(&preflight, header::ACCESS_CONTROL_ALLOW_METHODS)?,
            request_headers: list(&preflight, header::ACCESS_CONTROL_ALLOW_HEADERS)?,
            exposed_headers: list(&actual, header::ACCESS_CONTROL_EXPOSE_HEADERS)?,
        })
    }

    /// The same without one method or request header.
    #[must_use]
    pub fn without_allowed(mut self, name: &str) -> Self {
        self.methods.retain(|method| method.as_str() != name);
        self.request_headers.retain(|header| header.as_str() != name);
        self
    }

    /// The same without one exposed header.
    #[must_use]
    pub fn without_exposed(mut self, name: &str) -> Self {
        self.exposed_headers.retain(|header| header.as_str() != name);
        self
    }

    /// A layer that lists them, and allows one origin.
    pub fn layer(self, origin: &str) -> CorsLayer {
        CorsLayer::new()
            .allow_origins([origin])
            .allow_methods(self.methods)
            .allow_headers(self.request_headers)
            .expose_headers(self.exposed_headers)
    }
}

/// The headers that scripts really set on requests that ran.
#[must_use]
pub fn set_by_scripts(ran: &Traffic) -> BTreeSet<String> {
    let seen = ran.seen();
    let names = seen.iter().flat_map(|seen| seen.headers.keys()).map(HeaderName::as_str);
    let of_scripts =
        names.filter(|name| !OF_THE_BROWSER.contains(name) && !name.starts_with("sec-"));
    of_scripts.map(str::to_owned).collect()
}

async fn answer(
    layer: &CorsLayer,
    request: http::request::Builder,
) -> Result<HeaderMap, Box<dyn Error>> {
    let inner = service_fn(async |_: Request<()>| Ok::<_, Infallible>(Response::new(())));
    let request = request.header(header::ORIGIN, PAGE).body(())?;
    Ok(layer.layer(inner).oneshot(request).await?.into_parts().0.headers)
}

fn list<T>(headers: &HeaderMap, name: HeaderName) -> Result<Vec<T>, Box<dyn Error>>
where
    T: std::str::FromStr<Err: Error + 'static>,
{
    let line = headers.get(name).map_or(Ok(""), |value| value.to_str())?;
    Ok(line.split(',').filter(|name| !name.is_empty()).map(str::parse).collect::<Result<_, _>>()?)
}
