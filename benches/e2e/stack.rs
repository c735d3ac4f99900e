use tower_cors_benches::live::Generator;

use crate::contender::Contender;

#[derive(Clone, Copy)]
pub(crate) enum Stack {
    Axum,
    AxumHttp2,
    Hyper,
    Actix,
}

impl Stack {
    pub(crate) const ALL: [Self; 4] = [Self::Axum, Self::AxumHttp2, Self::Hyper, Self::Actix];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Axum => "axum, HTTP/1.1",
            Self::AxumHttp2 => "axum, HTTP/2",
            Self::Hyper => "hyper, HTTP/1.1",
            Self::Actix => "actix-web, HTTP/1.1",
        }
    }

    pub(crate) fn generator(self) -> Generator {
        match self {
            Self::AxumHttp2 => Generator::H2load,
            Self::Axum | Self::Hyper | Self::Actix => Generator::Wrk,
        }
    }

    /// Who contends; the first is what the others are compared with.
    pub(crate) fn contenders(self) -> &'static [Contender] {
        use Contender::{
            ActixCors, EmptyLayer, HeadersAlone, None, NoneAgain, TowerCors, TowerHttp,
        };

        match self {
            Self::Actix => &[None, NoneAgain, ActixCors],
            Self::Axum | Self::AxumHttp2 => {
                &[None, NoneAgain, EmptyLayer, HeadersAlone, TowerCors, TowerHttp]
            }
            Self::Hyper => &[None, NoneAgain, HeadersAlone, TowerCors, TowerHttp],
        }
    }
}
