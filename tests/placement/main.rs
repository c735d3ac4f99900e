//! Each row of the guide "Where to put the layer": the wrong place as a page sees it, in the words
//! that the guide quotes, and the right one.
#![cfg(feature = "testing")]

mod guide;
mod row;

mod frameworks;
mod outside;
mod policies;
mod routers;

use std::collections::BTreeSet;

/// Of the guide's rows none is left out, and none is here that the guide lacks.
#[tokio::test]
async fn each_row_of_the_guide_is_so() {
    let rows = [outside::rows(), routers::rows(), policies::rows(), frameworks::rows()];
    let mut seen = BTreeSet::new();
    for row in rows.into_iter().flatten() {
        let name = row.name;
        let shown = row.play().await;
        assert!(seen.insert((name.to_owned(), shown)), "{name} is here twice");
    }
    assert_eq!(seen, guide::rows());
}
