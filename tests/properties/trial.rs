//! What a property looks at.

use crate::{
    policy::Policy,
    raw::{Answer, Raw, Server},
};

pub(crate) const ACAC: &str = "access-control-allow-credentials";
pub(crate) const ACAH: &str = "access-control-allow-headers";
pub(crate) const ACAM: &str = "access-control-allow-methods";
pub(crate) const ACAO: &str = "access-control-allow-origin";
pub(crate) const ACEH: &str = "access-control-expose-headers";
pub(crate) const ACMA: &str = "access-control-max-age";
pub(crate) const SIX: [&str; 6] = [ACAC, ACAH, ACAM, ACAO, ACEH, ACMA];

/// A request, the answer to it, and the server, which can be asked again.
pub(crate) struct Trial<'a> {
    pub(crate) server: &'a Server<'a>,
    pub(crate) policy: &'a Policy,
    pub(crate) raw: &'a Raw,
    pub(crate) answer: &'a Answer,
}

impl Trial<'_> {
    pub(crate) fn is_stranger(&self) -> bool {
        !self.policy.is_static() && !self.raw.page().is_some_and(|page| self.policy.allows(page))
    }

    /// Whether it is a preflight, and says what is allowed.
    pub(crate) fn is_told_preflight(&self) -> bool {
        self.raw.is_preflight() && !self.is_stranger()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.answer.headers.contains_key(name)
    }
}
