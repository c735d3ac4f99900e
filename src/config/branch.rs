use std::{fmt, sync::Arc};

use super::{Settings, Target};

/// Another configuration for some of the targets.
#[derive(Clone)]
pub(crate) struct Branch {
    condition: Arc<Condition>,
    pub(crate) settings: Arc<Settings>,
}

type Condition = dyn Fn(&Target<'_>) -> bool + Send + Sync;

impl Branch {
    pub(crate) fn new(
        condition: impl Fn(&Target<'_>) -> bool + Send + Sync + 'static,
        settings: Settings,
    ) -> Self {
        Self { condition: Arc::new(condition), settings: Arc::new(settings) }
    }

    pub(crate) fn is_for(&self, target: &Target<'_>) -> bool {
        (self.condition)(target)
    }
}

impl fmt::Debug for Branch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Branch").field(&self.settings).finish()
    }
}
