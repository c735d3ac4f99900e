use std::time::Duration;

use super::{
    preflight::{Permit, wildcard_covers},
    profile::Profile,
    request::Request,
    safelist::{is_safelisted_method, unsafe_names},
};

/// What preflights have allowed: <https://fetch.spec.whatwg.org/#cors-preflight-cache>
///
/// It has no bound but time: engines keep some hundred answers, which a test hardly reaches.
#[derive(Debug, Default)]
pub(super) struct PreflightCache {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    key: Key,
    is_credentialed: bool,
    subject: Subject,
    expires: Duration,
}

#[derive(Clone, Debug, Eq, PartialEq)]
struct Key {
    partition: String,
    origin: String,
    url: String,
}

#[derive(Debug, Eq, PartialEq)]
enum Subject {
    Header(String),
    Method(String),
}

impl PreflightCache {
    /// Whether the request may go out without a preflight of its own.
    pub(super) fn covers(&self, request: &Request, profile: Profile, now: Duration) -> bool {
        if (request.origin.is_opaque() && !profile.remembers_for_opaque_origins())
            || (request.has_tainted_origin() && !profile.remembers_for_tainted_origins())
        {
            return false;
        }
        let key = key(request);
        let live: Vec<&Entry> = self
            .entries
            .iter()
            .filter(|entry| entry.key == key && now < entry.expires)
            .filter(|entry| entry.serves(request, profile))
            .collect();
        let has = |subject: &Subject| live.iter().any(|entry| entry.subject == *subject);
        // With credentials a `*` is a literal token, here too.
        let has_wildcard = |subject: &Subject| {
            !request.includes_credentials()
                && live.iter().any(|e| e.subject == *subject && e.serves_as_wildcard(profile))
        };
        let method = request.method.as_str();
        let is_exempt = is_safelisted_method(&request.method)
            && !request.use_cors_preflight
            && !(method == "HEAD" && profile.looks_up_head());
        let is_method_covered = is_exempt
            || has(&Subject::Method(method.to_owned()))
            || has_wildcard(&Subject::Method("*".to_owned()));
        // A preflight that only a profile wants has nothing to look up but that there was one.
        !live.is_empty()
            && is_method_covered
            && unsafe_names(&request.headers, profile).into_iter().all(|name| {
                let is_covered = wildcard_covers(&name, profile)
                    && has_wildcard(&Subject::Header("*".to_owned()));
                is_covered || has(&Subject::Header(name))
            })
    }

    pub(super) fn remember(
        &mut self,
        request: &Request,
        permit: Permit,
        profile: Profile,
        now: Duration,
    ) {
        if profile.keeps_last_answer_alone() {
            self.clear(request);
        }
        let Permit { methods, headers, max_age } = permit;
        let methods = methods.into_iter().map(Subject::Method);
        let key = key(request);
        let is_credentialed = request.includes_credentials();
        for subject in methods.chain(headers.into_iter().map(Subject::Header)) {
            self.entries.retain(|entry| {
                entry.key != key
                    || entry.subject != subject
                    || entry.is_credentialed != is_credentialed
            });
            let expires = now.saturating_add(max_age);
            self.entries.push(Entry { key: key.clone(), is_credentialed, subject, expires });
        }
    }

    /// Forgets what a request went by that failed.
    pub(super) fn clear(&mut self, request: &Request) {
        let key = key(request);
        self.entries.retain(|entry| entry.key != key);
    }
}

impl Entry {
    fn serves(&self, request: &Request, profile: Profile) -> bool {
        self.is_credentialed == request.includes_credentials()
            || (self.is_credentialed && profile.shares_credentialed_entries())
    }

    fn serves_as_wildcard(&self, profile: Profile) -> bool {
        match self.is_credentialed {
            true => profile.reuses_credentialed_wildcard(),
            false => profile.reuses_wildcard(),
        }
    }
}

fn key(request: &Request) -> Key {
    Key {
        partition: request.partition.clone(),
        origin: request.serialized_origin().to_owned(),
        url: request.url.to_string(),
    }
}
