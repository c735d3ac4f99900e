//! What policies are replaced by: the real thing, or for tests that try all orders of events, a
//! model of it that their scheduler can see.

#[cfg(not(shuttle))]
pub(super) use std::sync::{Mutex, MutexGuard};

#[cfg(not(shuttle))]
pub(super) use arc_swap::ArcSwap;

#[cfg(shuttle)]
pub(super) use self::model::ArcSwap;
#[cfg(shuttle)]
pub(super) use shuttle::sync::{Mutex, MutexGuard};

#[cfg(shuttle)]
mod model {
    use std::sync::{Arc, PoisonError};

    /// A value that is loaded and stored in one step.
    #[derive(Debug)]
    pub(in crate::policy) struct ArcSwap<T>(shuttle::sync::Mutex<Arc<T>>);

    impl<T> ArcSwap<T> {
        pub(in crate::policy) fn from_pointee(value: T) -> Self {
            Self(shuttle::sync::Mutex::new(Arc::new(value)))
        }

        pub(in crate::policy) fn load_full(&self) -> Arc<T> {
            Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
        }

        pub(in crate::policy) fn store(&self, value: Arc<T>) {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = value;
        }
    }
}
