//! A page reads exactly what a plain reading of the policy says.

use std::{cell::Cell, time::Duration};

use proptest::{collection::vec, prelude::*, sample::Index};
use tower_cors::testing::{Browser, Credentials, Profile};

use crate::{
    check,
    fetch::{Fetch, Seen, fetches},
    generator::policies,
    origins::{PAGES, Page},
    policy::Policy,
};

const PROFILES: [Profile; 4] =
    [Profile::Chromium, Profile::Firefox, Profile::Standard, Profile::WebKit];

/// Whether the page may read the response.
fn readable(policy: &Policy, fetch: &Fetch) -> bool {
    let method = fetch.sent_method();
    let announced = || fetch.headers.iter().filter(|header| header.needs_permission);
    fetch.is_same_origin()
        || policy.allows(fetch.page)
            && (fetch.credentials != Credentials::Include || policy.trusts(fetch.page))
            && (["GET", "HEAD", "POST"].contains(&method) || policy.methods.allow(method))
            && announced().all(|header| policy.headers.allow(header.name))
}

/// Which headers of a response that it may read the page sees.
fn sees(policy: &Policy, fetch: &Fetch, name: &str) -> bool {
    // With credentials, `Any` is a list of what the response has, and these stand for another.
    let stands_in = policy.may_trust() && (fetch.method == "HEAD" || fetch.reply.status == 304);
    !["set-cookie", "set-cookie2"].contains(&name)
        && (fetch.is_same_origin()
            || ["cache-control", "content-type"].contains(&name)
            || match &policy.exposed {
                None => !stands_in,
                Some(names) => names.contains(&name),
            })
}

fn expected(policy: &Policy, fetch: &Fetch) -> Option<Seen> {
    let headers = fetch.reply.headers.iter().filter(|(name, _)| sees(policy, fetch, name));
    let seen = headers.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    readable(policy, fetch).then(|| seen.collect())
}

#[test]
fn pages_read_what_the_policy_says() {
    let (read, hidden) = (Cell::new(0), Cell::new(0));
    check(3_000, &(policies(), vec(fetches(), 4)), |(policy, fetches)| {
        let layer = policy.layer();
        for fetch in fetches {
            let expected = expected(&policy, &fetch);
            let count = if expected.is_some() { &read } else { &hidden };
            count.set(count.get() + 1);
            for profile in PROFILES {
                let outcome = fetch.run(&Browser::with_profile(profile), &layer);
                prop_assert_eq!(&fetch.seen(&outcome), &expected, "{:?}\n{}", profile, outcome);
            }
        }
        Ok(())
    });
    assert!(read.get() > 3_000 && hidden.get() > 3_000, "{read:?} read, {hidden:?} hidden");
}

/// What a browser remembers of preflights never changes what it makes of the next fetch.
#[test]
fn a_preflight_cache_changes_no_verdict() {
    let saved = Cell::new(0);
    // Pages that fetch the same again and again have something to remember.
    let repeated = (vec(fetches(), 3), vec((any::<Index>(), 0..4_u64), 12));
    check(600, &(policies(), any::<Index>(), repeated), |(policy, home, (mut fetches, order))| {
        let allowed: Vec<Page> = PAGES.into_iter().filter(|page| policy.allows(*page)).collect();
        if !allowed.is_empty() {
            fetches[..2].iter_mut().for_each(|fetch| fetch.page = *home.get(&allowed));
        }
        let layer = policy.layer();
        for profile in PROFILES {
            let browser = Browser::with_profile(profile);
            for (fetch, seconds) in order.iter().map(|(at, seconds)| (at.get(&fetches), seconds)) {
                let outcome = fetch.run(&browser, &layer);
                let fresh = fetch.run(&Browser::with_profile(profile), &layer);
                prop_assert_eq!(&fetch.seen(&outcome), &fetch.seen(&fresh), "{}", outcome);
                saved.set(saved.get() + fresh.preflights().count() - outcome.preflights().count());
                browser.advance(Duration::from_secs(*seconds));
            }
        }
        Ok(())
    });
    assert!(saved.get() > 1_000, "the cache was of use {saved:?} times");
}
