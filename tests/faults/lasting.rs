//! Things that last, and are counted while they do.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker},
    time::Duration,
};

#[derive(Clone, Default)]
pub(crate) struct Lasting(Arc<()>);

impl Lasting {
    pub(crate) fn begin(&self) -> Self {
        self.clone()
    }

    /// How many have begun and not ended.
    pub(crate) fn count(&self) -> usize {
        Arc::strong_count(&self.0) - 1
    }

    /// Begins now, waits as often as is told, and ends.
    pub(crate) fn pauses(&self, times: usize) -> impl Future<Output = ()> + Send + use<> {
        let (lasting, mut left) = (self.begin(), times);
        poll_fn(move |cx| {
            let _ = &lasting;
            if left == 0 {
                return Poll::Ready(());
            }
            left -= 1;
            cx.waker().wake_by_ref();
            Poll::Pending
        })
    }

    /// Begins now, and ends only by being dropped.
    pub(crate) fn forever(&self) -> impl Future<Output = ()> + Send + use<> {
        let lasting = self.begin();
        poll_fn(move |_| {
            let _ = &lasting;
            Poll::Pending
        })
    }

    /// Waits until so many last.
    pub(crate) async fn until(&self, count: usize) {
        while self.count() != count {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

pub(crate) fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}
