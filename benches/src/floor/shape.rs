//! Whose pages the floor allows, and what they are told.

use std::collections::HashSet;

use foldhash::fast::FixedState;
use http::HeaderValue;

use crate::exchange::APP;

/// A configuration that is known when the floor is compiled.
pub(crate) trait Shape: Copy {
    /// What is kept of an allowed origin until the response is there.
    type Grant;

    /// What everyone is granted, where nobody is asked.
    const EVERYONE: Option<Self::Grant> = None;
    const CREDENTIALS: bool = false;
    const EXPOSED: Option<&'static str> = None;

    fn grant(self, origin: &HeaderValue) -> Option<Self::Grant>;

    /// `Access-Control-Allow-Origin`.
    fn line(grant: Self::Grant) -> HeaderValue;
}

#[derive(Clone, Copy)]
pub(crate) struct Any;

#[derive(Clone, Copy)]
pub(crate) struct Credentials;

/// Too many origins to compare with each. The hash needs no random key: nobody adds to the set.
#[derive(Clone, Copy)]
pub(crate) struct Listed(pub(crate) &'static HashSet<&'static [u8], FixedState>);

#[derive(Clone, Copy)]
pub(crate) struct One;

#[derive(Clone, Copy)]
pub(crate) struct Wildcard;

impl Shape for Any {
    type Grant = ();

    const EVERYONE: Option<()> = Some(());

    fn grant(self, _: &HeaderValue) -> Option<()> {
        Some(())
    }

    fn line((): ()) -> HeaderValue {
        HeaderValue::from_static("*")
    }
}

impl Shape for Credentials {
    type Grant = ();

    const CREDENTIALS: bool = true;
    const EXPOSED: Option<&'static str> = Some("etag,x-request-id");

    fn grant(self, origin: &HeaderValue) -> Option<()> {
        One.grant(origin)
    }

    fn line((): ()) -> HeaderValue {
        One::line(())
    }
}

impl Shape for Listed {
    type Grant = HeaderValue;

    fn grant(self, origin: &HeaderValue) -> Option<HeaderValue> {
        // Longer than any that is listed, so that hostile ones are not hashed.
        let may_be_listed = origin.len() <= "https://app-99999.example.com".len();
        (may_be_listed && self.0.contains(origin.as_bytes())).then(|| origin.clone())
    }

    fn line(grant: HeaderValue) -> HeaderValue {
        grant
    }
}

impl Shape for One {
    type Grant = ();

    fn grant(self, origin: &HeaderValue) -> Option<()> {
        (origin.as_bytes() == APP.as_bytes()).then_some(())
    }

    fn line((): ()) -> HeaderValue {
        HeaderValue::from_static(APP)
    }
}

impl Shape for Wildcard {
    type Grant = HeaderValue;

    fn grant(self, origin: &HeaderValue) -> Option<HeaderValue> {
        let text = origin.as_bytes();
        let is_below = text.starts_with(b"https://") && text.ends_with(b".example.com");
        (is_below && is_served_by_name(text)).then(|| origin.clone())
    }

    fn line(grant: HeaderValue) -> HeaderValue {
        grant
    }
}

pub(super) fn host(origin: &[u8]) -> Option<&[u8]> {
    origin.strip_prefix(b"https://").or_else(|| origin.strip_prefix(b"http://"))
}

/// Whether an origin is serialized, with a name for its host. A name does not end in a number.
pub(super) fn is_served_by_name(origin: &[u8]) -> bool {
    let Some(host) = host(origin).filter(|host| host.len() <= 253) else {
        return false;
    };
    let (mut label, mut has_letter) = (0, false);
    for byte in host {
        match byte {
            b'a'..=b'z' | b'-' | b'_' => (label, has_letter) = (label + 1, true),
            b'0'..=b'9' => label += 1,
            b'.' if (1..=63).contains(&label) => (label, has_letter) = (0, false),
            _ => return false,
        }
    }
    (1..=63).contains(&label) && has_letter
}
