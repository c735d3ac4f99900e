//! Problems of layers within layers.

use super::{problem::Problem, remark::Remark};

impl Problem {
    pub(crate) fn when_in_when() -> Self {
        Self(Remark::without_value(
            "when-in-when",
            "when",
            "the layer given to it has a `when` of its own; write both on the outer layer, the narrower first",
        ))
    }

    pub(crate) fn reloadable_in_when() -> Self {
        Self(Remark::without_value(
            "reloadable-in-when",
            "reloadable",
            "its handle would not reach the copy that `when` is given; put the reloadable layer on a \
             router of its own",
        ))
    }

    pub(crate) fn changed_after_reloadable() -> Self {
        Self(Remark::without_value(
            "changed-after-reloadable",
            "reloadable",
            "its handle does not reach a layer that is changed afterwards; call the other setters before it",
        ))
    }
}

#[cfg(feature = "reload")]
impl Problem {
    pub(crate) fn when_in_reloadable() -> Self {
        Self(Remark::without_value(
            "when-in-reloadable",
            "when",
            "what is reloaded is one policy for all targets; leave it out, or put a reloadable layer on \
             each router",
        ))
    }

    pub(crate) fn reloadable_twice() -> Self {
        Self(Remark::without_value(
            "reloadable-twice",
            "reloadable",
            "the layer has a handle already; use that, or a layer that is not reloadable, such as that of \
             CorsHandle::current",
        ))
    }
}
