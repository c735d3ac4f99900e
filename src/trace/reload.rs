use tracing::{info, warn};

use crate::policy::PolicyChange;

/// Tells that a policy was replaced, and what that changes.
pub(crate) fn change(change: &PolicyChange) {
    let (opened, closed) = (change.opened().len(), change.closed().len());
    if change.newly_allows_any_origin() || change.newly_allows_credentials() {
        warn!(target: "tower_cors", opened, closed, "policy reloaded: {change}");
    } else {
        info!(target: "tower_cors", opened, closed, "policy reloaded: {change}");
    }
}
