//! Five requests, and what a layer makes of them: no server, nothing to wait for.
//!
//! ```text
//! cargo run --example explain
//!
//! actual GET /users: allowed: origin "https://app.example.com" is allowed
//!
//! actual GET /users: denied: origin "https://app.example.com:8443" is not allowed
//!   closest: "https://app.example.com": the port differs
//!   to allow it: .allow_origins([…, "https://app.example.com:8443"])
//!
//! actual GET /users: denied: origin "http://app.example.com" is not allowed
//!   closest: "https://app.example.com": the scheme differs
//!   caution: anyone on the network's path can speak for it, and would read with the user's credentials
//!
//! actual GET /users: denied: origin "https://app.examp1e.com" is not allowed
//!   closest: "https://app.example.com": the host differs by one character
//!   caution: it looks like an imitation of "https://app.example.com"
//!
//! preflight OPTIONS /users: denied: header "x-request-id" is not allowed
//!   to allow it: .allow_headers([…, HeaderName::from_static("x-request-id")])
//! ```

use std::error::Error;

use http::{Method, Request, header};
use tower_cors::CorsLayer;

fn main() -> Result<(), Box<dyn Error>> {
    let cors = CorsLayer::new()
        .allow_origins(["https://app.example.com"])
        .allow_methods([Method::PUT])
        .allow_headers([header::CONTENT_TYPE])
        .allow_credentials(true)
        .build()?;

    let get = |origin| Request::get("/users").header(header::ORIGIN, origin);
    let preflight = Request::options("/users")
        .header(header::ORIGIN, "https://app.example.com")
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type,x-request-id");
    let requests = [
        get("https://app.example.com"),
        get("https://app.example.com:8443"),
        get("http://app.example.com"),
        get("https://app.examp1e.com"),
        preflight,
    ];
    for request in requests {
        let (parts, ()) = request.body(())?.into_parts();
        println!("{}\n", cors.explain(&parts)?);
    }
    Ok(())
}
