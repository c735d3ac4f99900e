//! CORS for [tower], and so for axum, tonic and hyper: a layer that is right by the
//! [Fetch standard](https://fetch.spec.whatwg.org/#http-cors-protocol), safe by construction, and
//! clear when it refuses.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use std::time::Duration;
//!
//! use axum::{Router, http::{Method, header}, routing::put};
//! use tower_cors::CorsLayer;
//!
//! let cors = CorsLayer::new()
//!     .allow_origins(["https://example.com", "https://*.example.com"])
//!     .allow_methods([Method::PUT, Method::DELETE])
//!     .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
//!     .allow_credentials(true)
//!     .max_age(Duration::from_secs(600))
//!     .build()?; // every problem at once, as a ConfigError
//!
//! let app: Router = Router::new().route("/users", put(async || "saved")).layer(cors);
//! # Ok(())
//! # }
//! ```
//!
//! # What CORS is, and what it is not
//!
//! A browser lets a page read only what comes from the page's own *origin*: its scheme, host and
//! port. CORS is how a server widens that: the browser sends the page's origin along, and the
//! response says whether pages of that origin may read it.
//!
//! It protects the *user*, from pages that would read with the user's address and cookies what is
//! not theirs to read. It does not protect the *server*: programs other than browsers ignore it,
//! and a request that a form or an image could send runs before CORS is asked about its response.
//! Against such requests made in the user's name (CSRF), use `SameSite` cookies, tokens, or
//! [`CorsLayer::enforce_origins`]. WebSocket handshakes know no CORS at all: check their `Origin`,
//! which `enforce_origins` does too. [Refusing to run](guide::enforcement) tells how.
//!
//! # Simple and preflighted requests
//!
//! What a form could send, a page may send to anyone: `GET`, `HEAD` and `POST` with
//! [safelisted headers](https://fetch.spec.whatwg.org/#cors-safelisted-request-header). Only the
//! response is kept from it, unless that says `Access-Control-Allow-Origin`. Everything else, a
//! `PUT`, an `Authorization` header, JSON, is announced: the browser first sends a *preflight*, an
//! `OPTIONS` with `Origin` and `Access-Control-Request-Method`, and sends the request itself only
//! after a yes.
//!
//! This layer answers preflights itself and passes all other requests on, a plain `OPTIONS`
//! included:
//!
//! | request | inner service | status | CORS headers |
//! |---|---|---|---|
//! | without `Origin` | runs | its own | none, unless everyone is answered alike |
//! | actual, origin allowed | runs | its own | allow-origin, allow-credentials, expose-headers |
//! | actual, origin not allowed | runs, unless enforced: 403 | its own | none |
//! | preflight, origin allowed | does not run | 204 | all that the policy allows |
//! | preflight, origin not allowed | does not run | 403 | none |
//!
//! A trusted origin is told the whole truth, a stranger nothing. A preflight that asks for more
//! than is allowed gets the same 204, and the browser's console names exactly what is missing.
//! Every refused response carries its [`Denial`] in its extensions.
//!
//! # Credentials
//!
//! Cookies, HTTP authentication and client certificates travel only if the page asks for it
//! (`credentials: "include"`) and both the preflight and the response say
//! `Access-Control-Allow-Credentials: true`. A page that may read with them reads as the user. So
//! with [`allow_credentials`](CorsLayer::allow_credentials) a configuration does not build that
//! allows any origin, origins over plain http other than loopback, or wildcards over names that
//! anyone can register, such as `https://*.github.io`; each must be spelled out in
//! [`dangerously_allow_origins`](CorsLayer::dangerously_allow_origins) or cannot be had.
//!
//! An `Authorization` header that a script sets is not a credential in this sense but a header: it
//! needs [`allow_headers`](CorsLayer::allow_headers) and no `allow_credentials`.
//!
//! # Caching
//!
//! Browsers remember a preflight's answer for [`max_age`](CorsLayer::max_age), 5 seconds if it is
//! not sent; what you take back holds until then. An answer lists all that is allowed, so one
//! preflight of a URL serves for all methods and headers.
//!
//! A response that depends on the origin says `Vary: Origin`, on every path: also to requests
//! without `Origin`, to refused origins and on errors, so that no cache hands one origin's
//! response to another. Where everyone may read ([`Any`], without credentials) or the one allowed
//! origin is [`fixed`](AllowOrigin::fixed), everyone is answered alike without `Vary`, and caches
//! keep one copy; unless the policy is enforced or may [change](#policies-that-change).
//!
//! What CDNs and proxies make of it, and what a stricter policy leaves open for how long, is in the
//! [production checklist](guide::production_checklist).
//!
//! # Where to put the layer
//!
//! Around everything that answers: the fallback, authentication, timeouts, whatever catches panics.
//! A 401, 404, 408 or 500 without CORS headers reads as "CORS error" in the browser, and preflights,
//! which carry no credentials, would not pass authentication. Only what answers nothing by itself,
//! such as compression and tracing, may sit outside.
//!
//! And never two: the outermost layer decides, and removes the CORS headers of what is inside,
//! another layer's or an upstream server's. One layer can hold [several policies](#several-policies).
//!
//! In axum that is [`Router::layer`], *after* the routes and the fallback are added. The guide
//! [where to put the layer](guide::where_to_put_the_layer) has whole stacks of axum, tonic and hyper,
//! and what a page sees of each wrong place.
//!
//! The inner response body has to be [`Default`], for the empty answer to a preflight. Some bodies of
//! tower-http are not, such as that of `TraceLayer` inside this layer: box it in between with
//! `.map_response(|response| response.map(Body::new))`, as `Router::layer` does by itself.
//!
//! An unbuilt [`CorsLayer`] whose configuration is wrong panics where the framework applies it,
//! with the text of the [`ConfigError`]; [`build`](CorsLayer::build) turns that into a start-up
//! error.
//!
//! # Several policies
//!
//! [`when`](CorsLayer::when) puts another policy into the layer for some paths or hosts. Its
//! condition sees only what a preflight has in common with the request that it announces, so both
//! get the same policy; and the layer stays outermost, so that each policy has its 404s, too. The
//! example `routes` shows it in axum, beside what goes wrong in other shapes.
//!
//! ```
//! # fn main() -> Result<(), tower_cors::ConfigError> {
//! # use axum::{Router, routing::get};
//! # use tower_cors::{Any, CorsLayer};
//! let public = CorsLayer::new().allow_origin(Any);
//! let partners =
//!     CorsLayer::new().allow_origins(["https://partner.example"]).allow_credentials(true);
//! let cors = CorsLayer::new() // elsewhere no page may read
//!     .when(|target| target.uri().path().starts_with("/public/"), public)
//!     .when(|target| target.host() == Some("partners.example.com"), partners)
//!     .build()?;
//!
//! let app: Router = Router::new().route("/public/news", get(async || "none")).layer(cors);
//! # Ok(())
//! # }
//! ```
//!
//! # Policies that change
//!
//! With the feature `reload`, [`reloadable`](CorsLayer::reloadable) gives a layer and the handle that
//! replaces its policy while it serves, for all its clones and routes at once. A wrong policy changes
//! nothing and tells its problems; a right one tells what it opened and closed.
//!
//! # Configuration files
//!
//! With the feature `serde` a layer is read from TOML, YAML, JSON or the environment, and `build`
//! tells every problem of the file, each with its key path. The guide `configuration` has all keys.
//!
//! # Presets
//!
//! Three protocols for remote calls come with methods and headers of their own: gRPC-Web, Connect
//! and the Model Context Protocol. [`grpc_web`](CorsLayer::grpc_web),
//! [`connect`](CorsLayer::connect) and [`mcp`](CorsLayer::mcp) add what their specifications name
//! to what you list, in any order of calls. Origins stay yours, and so do the headers of your own
//! that calls send and return.
//!
//! # Coming from tower-http
//!
//! Change the `use` line: a program written against `tower_http::cors` 0.7 compiles as it is, but
//! for constructors and setters on [`Cors`] (write `layer.layer(inner)`), the deprecated `any()`,
//! and private-network access. The guide [migrating](guide::migrating) has all that differs, and why;
//! and what to write for the options of libraries in other frameworks and languages.
//!
//! # Features
//!
//! - `public-suffix` (default): refuses wildcards over public suffixes where credentials are
//!   allowed.
//! - `reload`: [policies that change](#policies-that-change) while they are served. A change is
//!   logged as well with `tracing`, as a warning if it newly allows any origin or credentials.
//! - `schemars`: `CorsLayer` implements `JsonSchema`, so that editors complete and check such files.
//! - `serde`: `CorsLayer` implements `Deserialize` and `Serialize`, for
//!   [configuration files](#configuration-files).
//! - `testing`: [a browser in process](testing), to test a whole stack as pages would see it, and to
//!   examine it for the usual faults.
//! - `tracing`: logs each refusal as an event with the target `tower_cors` and the fields `outcome`,
//!   `origin`, `method`, `path`, `reason` and `hint`: at `debug`, and at most once per second at
//!   `warn` with the number of those `left_out`. The warnings of a configuration are logged when it
//!   is compiled.
//!
//! [`Router::layer`]: https://docs.rs/axum/latest/axum/struct.Router.html#method.layer
//! [tower]: https://docs.rs/tower

#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]
// Links to what a feature brings lead somewhere with that feature; with all, each is checked.
#![cfg_attr(
    not(all(feature = "reload", feature = "serde", feature = "testing")),
    allow(rustdoc::broken_intra_doc_links)
)]

// In the order of the story; each imports only from those above it.
mod origin;
pub use origin::{OriginPattern, OriginSet, PatternError};

mod classify;

mod config;
pub use config::{
    AllowCredentials, AllowHeaders, AllowMethods, AllowOrigin, Any, ConfigError, Enforce,
    ExposeHeaders, MaxAge, Problem, Target, Vary, Warning, preflight_request_headers,
};

mod policy;
#[cfg(feature = "reload")]
#[cfg_attr(docsrs, doc(cfg(feature = "reload")))]
pub use policy::PolicyChange;

mod decide;
pub use decide::Denial;

mod decorate;

mod explain;
pub use explain::{Explanation, Missing, Outcome};

mod trace;

mod future;
pub use future::ResponseFuture;

mod service;
pub use service::Cors;

mod layer;
pub use layer::CorsLayer;

#[cfg(feature = "reload")]
mod reload;
#[cfg(feature = "reload")]
#[cfg_attr(docsrs, doc(cfg(feature = "reload")))]
pub use reload::CorsHandle;

#[cfg(feature = "serde")]
mod serde;

#[cfg(feature = "testing")]
#[cfg_attr(docsrs, doc(cfg(feature = "testing")))]
pub mod testing;

#[cfg(doc)]
pub mod guide;

#[cfg(all(doctest, feature = "testing"))]
#[doc = include_str!("../README.md")]
struct Readme;
