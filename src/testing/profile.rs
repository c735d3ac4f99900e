use std::time::Duration;

const DEFAULT_MAX_AGE: Duration = Duration::from_secs(5);

/// Whose behaviour a [`Browser`](super::Browser) has.
///
/// | | Chromium | Firefox | `WebKit` | Standard |
/// |---|---|---|---|---|
/// | longest a preflight is remembered | 7200 s | 86400 s | 600 s | no limit |
/// | `Access-Control-Max-Age: -1` | 0 s | 0 s | 0 s | 5 s |
/// | an empty value | 5 s | 5 s | 5 s | 5 s |
/// | other values that are no number | 5 s | 0 s | 5 s | 5 s |
/// | preflights from a page whose origin is `null` are remembered | no | yes | yes | yes |
/// | preflights from an origin that a redirect has tainted are remembered | no | yes | no | yes |
/// | of the answers for one URL the last alone is remembered | yes | no | yes | no |
/// | a remembered `*` serves other requests | yes | no | yes | yes |
/// | a `*` remembered with credentials serves requests without | no | no | yes | yes |
/// | other answers remembered with credentials serve requests without | yes | no | yes | yes |
/// | a remembered answer must list `HEAD` to serve it | no | yes | no | no |
/// | a response that fails after its preflight clears what was remembered | no | yes | no | yes |
/// | `Access-Control-Allow-Headers: *` covers `Authorization` | yes | yes | yes | no |
/// | client hints and `Intervention` need no preflight | yes | no | no | no |
/// | a script's `User-Agent` is left out | yes | no | no | no |
/// | a redirect's target has a preflight if the URL before had one | no | yes | yes | no |
/// | a redirect's target has a preflight for a header that was left behind | no | yes | yes | no |
/// | the preflight of a redirect's target asks for headers left behind | no | no | yes | no |
/// | a preflight has the origin `null` where its request has | yes | no | yes | yes |
/// | `Sec-Fetch-*` on WebSocket handshakes | no | yes | yes | yes |
///
/// In all else that was compared with them the engines follow the standard, but for two things
/// that are not modelled: Firefox's preflight names a header twice that a script sets in two
/// spellings, and Firefox begins to remember the preflights of a URL after some fetches only.
/// Upload listeners, streams and what a preflight says besides `Origin` and
/// `Access-Control-Request-*` were not compared.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Profile {
    /// Chrome, Edge, Opera and other browsers on Chromium.
    #[default]
    Chromium,
    /// Firefox.
    Firefox,
    /// The letter of the [Fetch standard](https://fetch.spec.whatwg.org/), which no shipping
    /// browser follows in every point.
    Standard,
    /// Safari, and every browser on iOS that is built on `WebKit`.
    WebKit,
}

impl Profile {
    pub(super) fn remembers_for_opaque_origins(self) -> bool {
        self != Self::Chromium
    }

    pub(super) fn remembers_for_tainted_origins(self) -> bool {
        matches!(self, Self::Firefox | Self::Standard)
    }

    pub(super) fn keeps_last_answer_alone(self) -> bool {
        matches!(self, Self::Chromium | Self::WebKit)
    }

    pub(super) fn reuses_wildcard(self) -> bool {
        self != Self::Firefox
    }

    pub(super) fn reuses_credentialed_wildcard(self) -> bool {
        matches!(self, Self::Standard | Self::WebKit)
    }

    pub(super) fn shares_credentialed_entries(self) -> bool {
        self != Self::Firefox
    }

    pub(super) fn looks_up_head(self) -> bool {
        self == Self::Firefox
    }

    pub(super) fn forgets_after_responses(self) -> bool {
        matches!(self, Self::Firefox | Self::Standard)
    }

    pub(super) fn wildcard_covers_authorization(self) -> bool {
        self != Self::Standard
    }

    pub(super) fn safelists_client_hints(self) -> bool {
        self == Self::Chromium
    }

    pub(super) fn leaves_out_user_agent(self) -> bool {
        self == Self::Chromium
    }

    pub(super) fn looks_back_for_preflights(self) -> bool {
        matches!(self, Self::Firefox | Self::WebKit)
    }

    pub(super) fn announces_original_headers(self) -> bool {
        self == Self::WebKit
    }

    pub(super) fn announces_original_origin(self) -> bool {
        self == Self::Firefox
    }

    pub(super) fn marks_handshakes(self) -> bool {
        self != Self::Chromium
    }

    /// How long an answer with this `Access-Control-Max-Age` is remembered.
    pub(super) fn max_age(self, value: Option<&[u8]>) -> Duration {
        let Some(value) = value else {
            return DEFAULT_MAX_AGE;
        };
        if !value.is_empty() && value.iter().all(u8::is_ascii_digit) {
            return self.capped(seconds(value));
        }
        match self {
            Self::Firefox if !value.is_empty() => Duration::ZERO,
            Self::Chromium | Self::WebKit if is_negative(value) => Duration::ZERO,
            _ => DEFAULT_MAX_AGE,
        }
    }

    fn capped(self, seconds: u64) -> Duration {
        let cap = match self {
            Self::Chromium => 7_200,
            Self::Firefox => 86_400,
            Self::Standard => u64::MAX,
            Self::WebKit => 600,
        };
        Duration::from_secs(seconds.min(cap))
    }
}

fn seconds(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |seconds: u64, digit| {
        seconds.saturating_mul(10).saturating_add(u64::from(digit - b'0'))
    })
}

fn is_negative(value: &[u8]) -> bool {
    match value {
        [b'-', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}
