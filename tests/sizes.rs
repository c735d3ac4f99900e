//! What the layer adds to the service and the future inside it, in bytes.

use tower_cors::{Cors, ResponseFuture};

/// A service or a future of so many words.
type Words<const N: usize> = [u64; N];

fn sizes<const N: usize>() -> [usize; 3] {
    [size_of::<Words<N>>(), size_of::<Cors<Words<N>>>(), size_of::<ResponseFuture<Words<N>>>()]
}

#[test]
fn service_and_future_stay_small() {
    let all =
        [sizes::<0>(), sizes::<1>(), sizes::<2>(), sizes::<8>(), sizes::<32>(), sizes::<99>()];
    for [inner, service, future] in all {
        assert!(service <= inner + 16, "a service of {service} bytes around {inner}");
        assert!(future <= (inner + 64).max(128), "a future of {future} bytes around {inner}");
    }
}
