//! Each name of a preset left out in turn, with the others listed by hand.

use std::{collections::BTreeSet, error::Error, future::Future, pin::Pin};

use serde_json::Value;
use tower_cors::CorsLayer;
use tower_cors_presets::{
    api::Api,
    names::{Names, set_by_scripts},
    stage::Stage,
};

/// Why a preset has a name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Need {
    /// The page fails without.
    Needed,
    /// The specification names it, but these clients do not use it.
    Optional,
    /// Pages may use this method anyway; it is listed for those who read the answer.
    Safelisted,
}

type Named = &'static [(&'static str, Need)];
type Serving = Pin<Box<dyn Future<Output = Result<Api, Box<dyn Error>>>>>;

pub(crate) struct Removal {
    pub(crate) page: &'static str,
    pub(crate) preset: fn(CorsLayer) -> CorsLayer,
    pub(crate) serve: fn(CorsLayer) -> Serving,
    /// What the page tells with all the names.
    pub(crate) expected: Value,
    pub(crate) methods: Named,
    pub(crate) request_headers: Named,
    pub(crate) exposed_headers: Named,
}

impl Removal {
    pub(crate) async fn check(self) -> Result<(), Box<dyn Error>> {
        let names = Names::of((self.preset)(CorsLayer::new())).await?;
        self.has_a_row_for_each(&names);
        let Some(mut stage) = Stage::open(self.page).await? else { return Ok(()) };

        let api = self.play(&mut stage, names.clone(), ("nothing", Need::Optional)).await?;
        let needed = self.request_headers.iter().filter(|(_, need)| *need == Need::Needed);
        let needed: BTreeSet<_> = needed.map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(set_by_scripts(&api.ran), needed);

        for row in self.methods.iter().chain(self.request_headers) {
            self.play(&mut stage, names.clone().without_allowed(row.0), *row).await?;
        }
        for row in self.exposed_headers {
            self.play(&mut stage, names.clone().without_exposed(row.0), *row).await?;
        }
        stage.close().await
    }

    fn has_a_row_for_each(&self, names: &Names) {
        let rows = |named: Named| named.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        let methods: Vec<_> = names.methods.iter().map(http::Method::as_str).collect();
        assert_eq!(rows(self.methods), methods);
        assert_eq!(rows(self.request_headers), names.request_headers);
        assert_eq!(rows(self.exposed_headers), names.exposed_headers);
    }

    async fn play(
        &self,
        stage: &mut Stage,
        names: Names,
        (left_out, need): (&str, Need),
    ) -> Result<Api, Box<dyn Error>> {
        let origin = stage.origin().to_owned();
        let api = (self.serve)(names.layer(&origin)).await?;
        let told = stage.play(&api).await?;
        let fails = told != self.expected;
        assert_eq!(fails, need == Need::Needed, "without {left_out}: {told:#}");
        Ok(api)
    }
}
