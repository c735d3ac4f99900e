//! Methods and header names that no list may have.

use tower_cors::CorsLayer;

use crate::{method, name, problem};

#[test]
fn forbidden_methods_are_problems_in_any_case() {
    for forbidden in ["CONNECT", "TRACE", "TRACK", "connect", "Trace", "tRACK"] {
        let problem = problem(CorsLayer::new().allow_methods([method("PUT"), method(forbidden)]));
        assert_eq!(problem.code(), "forbidden-method", "{problem}");
        assert_eq!(problem.value(), Some(forbidden));
    }
    for fine in ["GET", "PATCH", "QUERY", "PROPFIND", "CONNECTED", "patch", "M-SEARCH", "**"] {
        assert!(CorsLayer::new().allow_methods([method(fine)]).build().is_ok(), "{fine}");
    }
}

#[test]
fn forbidden_request_headers_are_problems() {
    for forbidden in [
        "Accept-Charset",
        "Accept-Encoding",
        "Access-Control-Request-Headers",
        "Access-Control-Request-Method",
        "Connection",
        "Content-Length",
        "Cookie",
        "Cookie2",
        "Date",
        "DNT",
        "Expect",
        "Host",
        "Keep-Alive",
        "Origin",
        "Referer",
        "Set-Cookie",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "Via",
        "Proxy-Authorization",
        "Proxy-X",
        "Sec-Fetch-Site",
        "Sec-WebSocket-Key",
        "Sec-CH-UA",
    ] {
        let problem = problem(CorsLayer::new().allow_headers([name("x-fine"), name(forbidden)]));
        assert_eq!(problem.code(), "forbidden-request-header", "{problem}");
        assert_eq!(problem.value(), Some(forbidden.to_ascii_lowercase().as_str()));
    }
    for sent_by_this_layer in [
        "Access-Control-Allow-Credentials",
        "Access-Control-Allow-Headers",
        "Access-Control-Allow-Methods",
        "Access-Control-Allow-Origin",
        "Access-Control-Expose-Headers",
        "Access-Control-Max-Age",
    ] {
        let problem = problem(CorsLayer::new().allow_headers([name(sent_by_this_layer)]));
        assert_eq!(problem.code(), "response-header-allowed", "{problem}");
    }
    for fine in [
        "Accept",
        "Authorization",
        "Content-Type",
        "If-None-Match",
        "Last-Event-ID",
        "Range",
        "User-Agent",
        "Proxy",
        "Secret",
        "X-HTTP-Method-Override",
        "X-Requested-With",
        "X-Sec-Token",
    ] {
        assert!(CorsLayer::new().allow_headers([name(fine)]).build().is_ok(), "{fine}");
    }
}

#[test]
fn headers_that_no_page_can_read_are_problems() {
    for forbidden in ["Set-Cookie", "Set-Cookie2"] {
        let problem = problem(CorsLayer::new().expose_headers([name(forbidden)]));
        assert_eq!(problem.code(), "forbidden-response-header", "{problem}");
    }
    for request_only in [
        "Accept-Charset",
        "Access-Control-Request-Headers",
        "Access-Control-Request-Method",
        "Cookie",
        "Cookie2",
        "Expect",
        "Host",
        "Origin",
        "Referer",
        "TE",
        "Sec-Fetch-Mode",
        "Sec-Fetch-Site",
    ] {
        let problem = problem(CorsLayer::new().expose_headers([name(request_only)]));
        assert_eq!(problem.code(), "request-header-exposed", "{problem}");
    }
    for fine in [
        "Date",
        "ETag",
        "Link",
        "Location",
        "Retry-After",
        "Via",
        "WWW-Authenticate",
        "X-Cookie",
        "X-Request-Id",
        "Sec-WebSocket-Accept",
        "grpc-status",
    ] {
        assert!(CorsLayer::new().expose_headers([name(fine)]).build().is_ok(), "{fine}");
    }
}
