//! Their options, what to write here, and what differs.

use std::{collections::BTreeSet, net::SocketAddr};

use tower::{Layer, service_fn};
use tower_cors::CorsLayer;

use crate::{application::application, pages::abilities, remote};

pub(crate) struct Row<T> {
    pub(crate) theirs: T,
    pub(crate) ours: CorsLayer,
    /// Pages that can do something there, and nothing here.
    pub(crate) pages_there: &'static [&'static str],
    /// What pages can do here, and not there.
    pub(crate) only_here: &'static [&'static str],
}

impl<T> Row<T> {
    pub(crate) fn same(theirs: T, ours: CorsLayer) -> Self {
        Self { theirs, ours, pages_there: &[], only_here: &[] }
    }

    /// What the row says nothing about, as `+` for what can be done there alone.
    fn unsaid(&self, there: &BTreeSet<String>, here: &BTreeSet<String>) -> Vec<String> {
        let mut unsaid = Vec::new();
        for ability in there.symmetric_difference(here) {
            let is_of = |page: &&str| ability.split_once(": ").is_some_and(|(of, _)| of == *page);
            let is_there = there.contains(ability);
            let is_said = match is_there {
                true => self.pages_there.iter().any(is_of),
                false => self.only_here.contains(&ability.as_str()),
            };
            if !is_said {
                unsaid.push(format!("{}{ability}", if is_there { '+' } else { '-' }));
            }
        }
        unsaid
    }

    /// What the row says that is not so.
    fn untrue(&self, there: &BTreeSet<String>, here: &BTreeSet<String>) -> Vec<&'static str> {
        let has = |abilities: &BTreeSet<String>, page: &str| {
            abilities.iter().any(|ability| ability.starts_with(&format!("{page}: ")))
        };
        let is_untrue = |page: &&&str| !has(there, page) || has(here, page);
        let pages = self.pages_there.iter().filter(is_untrue);
        let is_met = |ability: &&&str| here.contains(**ability) && !there.contains(**ability);
        pages.chain(self.only_here.iter().filter(|ability| !is_met(ability))).copied().collect()
    }
}

/// Compares a server that was given the options of all rows, in order.
pub(crate) async fn compare<T>(rows: &[Row<T>], address: SocketAddr) {
    let mut wrong = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let there = abilities(remote::application(address, number)).await;
        let here = abilities(row.ours.layer(service_fn(application))).await;
        let (unsaid, untrue) = (row.unsaid(&there, &here), row.untrue(&there, &here));
        if !(unsaid.is_empty() && untrue.is_empty()) {
            wrong.push(format!("row {number}: unsaid {unsaid:?}, untrue {untrue:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
