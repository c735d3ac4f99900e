mod actix;
mod hyper_cors;
mod service;
mod settings;
mod tower_cors;
mod tower_http;

use http::{Request, Response};
use tower::Layer;

use self::service::Hyper;
pub(crate) use self::service::Tower;
use crate::{
    floor,
    inner::{Body, Inner},
    policy::Policy,
};

/// Who serves.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Contender {
    /// The inner service alone.
    Inner,
    /// What a CORS middleware costs at least, written by hand for one policy.
    Floor,
    /// This crate.
    TowerCors,
    /// `tower_http::cors`.
    TowerHttp,
    /// `hyper-cors`.
    HyperCors,
    /// `actix-web` alone: what `actix-cors` is to be compared with.
    ActixWeb,
    /// `actix-cors`.
    ActixCors,
}

/// A contender with one policy and one inner service.
pub trait Contestant {
    /// Answers one request, to be looked at.
    fn answer(&mut self, request: Request<()>) -> Response<Body>;

    /// Makes the requests its own, so that [`serve`](Self::serve) has nothing to do but serve.
    fn prepare(&mut self, requests: Vec<Request<()>>);

    /// Serves the prepared requests and drops the responses.
    fn serve(&mut self, service: Service);
}

/// Which service answers a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Service {
    /// A clone, as axum and hyper's adapters make one for each request.
    Cloned,
    /// The same one again and again.
    Kept,
}

/// A contender with one policy, for any inner service.
pub type Entry = Box<dyn Fn(Inner) -> Box<dyn Contestant>>;

impl Service {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Cloned, Self::Kept];

    /// What it is called in results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cloned => "cloned",
            Self::Kept => "kept",
        }
    }
}

impl Contender {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Inner,
        Self::Floor,
        Self::TowerCors,
        Self::TowerHttp,
        Self::HyperCors,
        Self::ActixWeb,
        Self::ActixCors,
    ];

    /// What it is called in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Inner => "inner",
            Self::Floor => "floor",
            Self::TowerCors => "tower-cors",
            Self::TowerHttp => "tower-http",
            Self::HyperCors => "hyper-cors",
            Self::ActixWeb => "actix-web",
            Self::ActixCors => "actix-cors",
        }
    }

    /// What it is measured over.
    #[must_use]
    pub fn baseline(self) -> Self {
        match self {
            Self::ActixWeb | Self::ActixCors => Self::ActixWeb,
            _ => Self::Inner,
        }
    }

    /// Whether it has settings for a policy.
    #[must_use]
    pub fn has(self, policy: Policy) -> bool {
        !matches!((self, policy), (Self::ActixCors, Policy::AsyncPredicate))
    }

    /// Configures it.
    #[must_use]
    pub fn enter(self, policy: Policy) -> Entry {
        match self {
            Self::Inner => Box::new(|inner| Tower::of(inner)),
            Self::Floor => floor::enter(policy),
            Self::TowerCors => {
                let layer = tower_cors::layer(policy).build().expect("the settings are valid");
                Box::new(move |inner| Tower::of(layer.layer(inner)))
            }
            Self::TowerHttp => {
                let layer = tower_http::layer(policy);
                Box::new(move |inner| Tower::of(layer.layer(inner)))
            }
            Self::HyperCors => {
                let builder = hyper_cors::builder(policy);
                Box::new(move |inner| Hyper::of(builder.clone().build(inner)))
            }
            Self::ActixWeb => Box::new(actix::alone),
            Self::ActixCors => {
                let cors = actix::cors(policy);
                Box::new(move |inner| actix::with_cors(&cors, inner))
            }
        }
    }
}
