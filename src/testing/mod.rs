//! A browser in process: the client's side of CORS, for tests of a whole stack.
//!
//! CORS is decided in the browser, so a test that looks at response headers guesses what they
//! come to. A [`Browser`] does not: it runs the
//! [Fetch standard](https://fetch.spec.whatwg.org/#http-cors-protocol)'s algorithm against any
//! [`tower` service](tower_service::Service), sends the preflights that a browser would send,
//! judges their answers, and says what the page gets.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use axum::{Router, http::{Method, header}, routing::put};
//! use serde_json::json;
//! use tower_cors::{CorsLayer, testing::{Browser, Reason}};
//!
//! let cors = CorsLayer::new()
//!     .allow_origins(["https://app.example.com"])
//!     .allow_methods([Method::PUT])
//!     .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
//!     .build()?;
//! let mut app = Router::new().route("/v1/orders", put(async || "saved")).layer(cors);
//!
//! let page = Browser::new().page("https://app.example.com");
//! let saved = page
//!     .put("https://api.example.com/v1/orders")
//!     .header("authorization", "Bearer token")
//!     .json(&json!({ "id": 7 }))
//!     .send(&mut app)
//!     .await;
//! assert_eq!(saved.expect_readable().text(), "saved");
//! assert_eq!(saved.preflights().count(), 1);
//!
//! let deleted = page.delete("https://api.example.com/v1/orders").send(&mut app).await;
//! let blocked = deleted.expect_blocked();
//! assert_eq!(blocked.reason(), &Reason::MethodNotAllowed(Method::DELETE));
//! assert_eq!(blocked.fix(), ".allow_methods([Method::DELETE])");
//! # Ok(())
//! # }
//! ```
//!
//! An assertion that fails prints what a browser's console says, what would allow the fetch, and
//! every message that went over the wire. The fix may be a setting, or may lie elsewhere:
//! authentication in front of the layer, a router that answers `OPTIONS` with 405, a redirected
//! preflight, a 500 that never passed the layer.
//!
//! # Examining a service
//!
//! [`Page::examine`] sends what shows the usual faults of a whole stack: authentication, a rate
//! limit, a redirect, a fallback, a timeout or a panic handler outside of the CORS layer, a second
//! CORS layer, a `Vary` that something overwrites, exposed headers that do not fit those that are
//! sent. Each [`Finding`] is a line that ends in how to mend it.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use axum::{Router, http::header, routing::get};
//! use tower_cors::{CorsLayer, testing::Browser};
//!
//! # fn app() -> Result<Router, tower_cors::ConfigError> {
//! #     let cors = CorsLayer::new()
//! #         .allow_origins(["https://app.example.com"])
//! #         .allow_headers([header::AUTHORIZATION])
//! #         .build()?;
//! #     let routes = Router::new().route("/orders", get(async || "orders"));
//! #     Ok(routes.route("/slow", get(async || "slow")).layer(cors))
//! # }
//! let page = Browser::new().page("https://app.example.com");
//! let examination = page
//!     .examine("https://api.example.com/orders")
//!     .header("authorization", "Bearer token")
//!     .also("/slow");
//! examination.run(&mut app()?).await.assert_clean();
//! # Ok(())
//! # }
//! ```
//!
//! # What is modelled
//!
//! The need for a preflight (method, header names and values, upload listeners, streams), its
//! headers, judging its answer, remembering it on a clock that the test
//! [moves](Browser::advance), the CORS check, credentials modes, exposed headers, redirects with
//! their tainted origin, `no-cors` and opaque responses, `Host` and `Sec-Fetch-*`. Where engines
//! differ, a [`Profile`] says whose way it is.
//!
//! # What is not
//!
//! - **`SameSite` and the blocking of third-party cookies.** A [cookie](Browser::cookie) goes
//!   wherever the credentials mode lets it. In real browsers fewer do.
//! - Cookies that responses set, HTTP authentication, client certificates.
//! - The HTTP cache, compression, HSTS, mixed content, Content Security Policy, service workers,
//!   `Cross-Origin-Resource-Policy`, Local Network Access and referrer policies other than the
//!   default one. `Referer`, `Accept-Encoding` and `Accept-Language` are not sent.
//! - URLs are those of http and https. A host is taken as it is written, but for upper case: write
//!   Punycode, canonical IP addresses, and `/` for `\`.
//! - The number of preflights that a browser remembers has no bound but time.
//! - Header values with control characters, which `http` cannot carry, are a `TypeError`.
//!
//! Without the feature `public-suffix` the last two labels of a host make its site, which
//! `Sec-Fetch-Site` and the partition of the preflight cache go by.

// In the order of the story; each imports only from those above it.
mod profile;
pub use profile::Profile;

mod options;
pub use options::{Credentials, Mode, Redirect};

mod origin;

mod url;

mod forbidden;

mod safelist;

mod list;

mod request;

mod reason;
pub use reason::Reason;

mod check;

mod redirect;

mod preflight;

mod cache;

mod filter;

mod headers;

mod body;
pub use body::Body;

mod wire;

mod exchange;
pub use exchange::Exchange;

mod blocked;
pub use blocked::Blocked;

mod advice;

mod response;
pub use response::Response;

mod outcome;
pub use outcome::Outcome;

mod state;

mod client;

mod environment;

mod script;

mod fetch;
pub use fetch::Fetch;

mod web_socket;
pub use web_socket::WebSocket;

mod examine;
pub use examine::{Examination, Fault, Finding, Report};

mod page;
pub use page::Page;

mod browser;
pub use browser::Browser;
