//! Policies that are told apart by what they answer.

/// The file of policy `n`.
pub(crate) fn file(n: u32) -> String {
    format!(
        "[cors]\n\
         allow_origins = [\"https://app.example.com\", \"https://v{n}.example.com\"]\n\
         allow_methods = [\"M{n}\"]\n\
         allow_headers = [\"x-asks-{n}\"]\n\
         max_age = \"{n}s\"\n"
    )
}

/// Policy `n`, as it is in Redis.
pub(crate) fn json(n: u32) -> String {
    format!(
        "{{\"allow_headers\":[\"x-asks-{n}\"],\
         \"allow_methods\":[\"M{n}\"],\
         \"allow_origins\":[\"https://app.example.com\",\"https://v{n}.example.com\"],\
         \"max_age\":{n}}}"
    )
}

/// What a page at `https://app.example.com` asks for.
pub(crate) const PREFLIGHT: &str = "OPTIONS / HTTP/1.1\r\n\
    host: localhost\r\n\
    connection: close\r\n\
    origin: https://app.example.com\r\n\
    access-control-request-method: POST\r\n\r\n";

/// The answer to it by policy `n`, to the letter, or without one.
pub(crate) fn answer(n: Option<u32>) -> String {
    match n {
        Some(n) => format!(
            "HTTP/1.1 204 No Content\n\
             access-control-allow-headers: x-asks-{n}\n\
             access-control-allow-methods: M{n}\n\
             access-control-allow-origin: https://app.example.com\n\
             access-control-max-age: {n}\n\
             allow: GET,HEAD,PUT\n\
             connection: close\n\
             vary: origin\n\n"
        ),
        None => "HTTP/1.1 403 Forbidden\n\
            allow: GET,HEAD,PUT\n\
            connection: close\n\
            content-length: 0\n\
            vary: origin\n\n"
            .to_owned(),
    }
}

/// What is logged of the change from one policy to another.
pub(crate) fn change(from: u32, to: u32) -> String {
    format!("policy reloaded: opened https://v{to}.example.com; closed https://v{from}.example.com")
}

/// What is logged of the change from none.
pub(crate) fn first_change(to: u32) -> String {
    format!("policy reloaded: opened https://app.example.com, https://v{to}.example.com")
}
