//! Policies that are told apart by every header of their answers.

/// The file of policy `n`.
pub(crate) fn file(n: u32) -> String {
    format!("{}{}", first_half(n), second_half(n))
}

/// The beginning of the file. It is a policy by itself, but never one that was meant.
pub(crate) fn first_half(n: u32) -> String {
    format!(
        "[cors]\n\
         allow_origins = [\"https://app.example.com\", \"https://v{n}.example.com\"]\n\
         allow_methods = [\"M{n}\"]\n"
    )
}

pub(crate) fn second_half(n: u32) -> String {
    format!(
        "allow_headers = [\"x-asks-{n}\"]\n\
         expose_headers = [\"x-tells-{n}\"]\n\
         max_age = \"{n}s\"\n"
    )
}

/// What is logged of the change from one policy to another.
pub(crate) fn change(from: u32, to: u32) -> String {
    format!(
        "policy reloaded: opened https://v{to}.example.com; closed https://v{from}.example.com \
         opened=1 closed=1"
    )
}

/// What is logged of a change that changes nothing.
pub(crate) const NO_CHANGE: &str = "policy reloaded: no origin opened or closed opened=0 closed=0";

/// The answer to a preflight from `https://app.example.com`, as it has to be to the letter.
pub(crate) fn preflight(n: u32) -> String {
    format!(
        "HTTP/1.1 204 No Content\n\
         access-control-allow-headers: x-asks-{n}\n\
         access-control-allow-methods: M{n}\n\
         access-control-allow-origin: https://app.example.com\n\
         access-control-max-age: {n}\n\
         allow: GET,HEAD,PUT\n\
         vary: origin\n\n"
    )
}

/// The answer to a `GET` from there.
pub(crate) fn actual(n: u32) -> String {
    format!(
        "HTTP/1.1 200 OK\n\
         access-control-allow-origin: https://app.example.com\n\
         access-control-expose-headers: x-tells-{n}\n\
         content-length: 6\n\
         content-type: text/plain; charset=utf-8\n\
         vary: origin\n\n\
         Hello\n"
    )
}
