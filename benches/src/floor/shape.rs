//! Whose pages the floor allows, and what they are told.

use std::collections::HashSet;

use foldhash::fast::FixedState;
use http::HeaderValue;

use super::origin::labels;
use crate::policy::APP;

/// A policy that is known when the floor is compiled.
pub(super) trait Shape: Copy {
    /// What is kept of an allowed origin until the response is there.
    type Grant: Default;

    /// What everyone is granted, where nobody is asked.
    const EVERYONE: Option<Self::Grant> = None;
    const CREDENTIALS: bool = false;
    const EXPOSED: Option<&'static str> = None;

    fn grant(self, origin: &HeaderValue) -> Option<Self::Grant>;

    /// `Access-Control-Allow-Origin`.
    fn line(grant: &mut Self::Grant) -> HeaderValue;

    /// The request headers that are allowed, sorted, and all of them in one line.
    fn headers(self) -> (&'static [&'static str], HeaderValue) {
        (
            &["authorization", "content-type", "x-request-id"],
            const { HeaderValue::from_static("authorization,content-type,x-request-id") },
        )
    }
}

/// Texts that are too many to compare with each. The hash needs no random key: nobody adds to it.
pub(super) type Texts = HashSet<&'static [u8], FixedState>;

#[derive(Clone, Copy)]
pub(super) struct Any;

#[derive(Clone, Copy)]
pub(super) struct AnyPort;

#[derive(Clone, Copy)]
pub(super) struct Credentials;

#[derive(Clone, Copy)]
pub(super) struct Listed(pub(super) &'static Texts);

#[derive(Clone, Copy)]
pub(super) struct ManyHeaders {
    pub(super) names: &'static [&'static str],
    pub(super) line: &'static HeaderValue,
}

#[derive(Clone, Copy)]
pub(super) struct One;

#[derive(Clone, Copy)]
pub(super) struct Wildcard;

/// The ends of hosts, each with the dot before it.
#[derive(Clone, Copy)]
pub(super) struct Wildcards(pub(super) &'static Texts);

impl Shape for Any {
    type Grant = ();

    const EVERYONE: Option<()> = Some(());

    fn grant(self, _: &HeaderValue) -> Option<()> {
        Some(())
    }

    fn line((): &mut ()) -> HeaderValue {
        const { HeaderValue::from_static("*") }
    }
}

impl Shape for AnyPort {
    type Grant = Option<HeaderValue>;

    fn grant(self, origin: &HeaderValue) -> Option<Self::Grant> {
        let digits = origin.as_bytes().strip_prefix(b"http://localhost:")?;
        let is_port = matches!(digits.len(), 1..=5) && digits[0] != b'0';
        let number = digits.iter().try_fold(0_u32, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
        })?;
        (is_port && number <= 65_535 && number != 80).then(|| Some(origin.clone()))
    }

    fn line(grant: &mut Self::Grant) -> HeaderValue {
        mirrored(grant)
    }
}

impl Shape for Credentials {
    type Grant = ();

    const CREDENTIALS: bool = true;
    const EXPOSED: Option<&'static str> = Some("etag,x-request-id");

    fn grant(self, origin: &HeaderValue) -> Option<()> {
        One.grant(origin)
    }

    fn line((): &mut ()) -> HeaderValue {
        One::line(&mut ())
    }
}

impl Shape for Listed {
    type Grant = Option<HeaderValue>;

    fn grant(self, origin: &HeaderValue) -> Option<Self::Grant> {
        // Others are not hashed.
        let may_be_listed = origin.len() == APP.len();
        (may_be_listed && self.0.contains(origin.as_bytes())).then(|| Some(origin.clone()))
    }

    fn line(grant: &mut Self::Grant) -> HeaderValue {
        mirrored(grant)
    }
}

impl Shape for ManyHeaders {
    type Grant = ();

    fn grant(self, origin: &HeaderValue) -> Option<()> {
        One.grant(origin)
    }

    fn line((): &mut ()) -> HeaderValue {
        One::line(&mut ())
    }

    fn headers(self) -> (&'static [&'static str], HeaderValue) {
        (self.names, self.line.clone())
    }
}

impl Shape for One {
    type Grant = ();

    fn grant(self, origin: &HeaderValue) -> Option<()> {
        (origin.as_bytes() == APP.as_bytes()).then_some(())
    }

    fn line((): &mut ()) -> HeaderValue {
        const { HeaderValue::from_static(APP) }
    }
}

impl Shape for Wildcard {
    type Grant = Option<HeaderValue>;

    fn grant(self, origin: &HeaderValue) -> Option<Self::Grant> {
        let host = origin.as_bytes().strip_prefix(b"https://")?;
        let below = host.strip_suffix(b".site-0000000.example")?;
        (host.len() <= 253 && labels(below).is_some()).then(|| Some(origin.clone()))
    }

    fn line(grant: &mut Self::Grant) -> HeaderValue {
        mirrored(grant)
    }
}

impl Shape for Wildcards {
    type Grant = Option<HeaderValue>;

    fn grant(self, origin: &HeaderValue) -> Option<Self::Grant> {
        let host = origin.as_bytes().strip_prefix(b"https://")?;
        let end = host.len().checked_sub(".site-0000000.example".len())?;
        let (below, end) = host.split_at(end);
        let is_below = host.len() <= 253 && end[0] == b'.' && self.0.contains(end);
        (is_below && labels(below).is_some()).then(|| Some(origin.clone()))
    }

    fn line(grant: &mut Self::Grant) -> HeaderValue {
        mirrored(grant)
    }
}

fn mirrored(grant: &mut Option<HeaderValue>) -> HeaderValue {
    grant.take().expect("a response is decorated once")
}
