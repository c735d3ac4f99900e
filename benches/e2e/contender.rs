#[derive(Clone, Copy)]
pub(crate) enum Contender {
    None,
    /// The same as `None`: how far its ratio is from 1 is the noise.
    NoneAgain,
    /// A layer that does nothing: what any layer costs in axum, which boxes it.
    EmptyLayer,
    /// No layer, but a handler that adds the two headers that an allowed origin gets: no layer can
    /// cost less.
    HeadersAlone,
    TowerCors,
    TowerHttp,
    ActixCors,
}

impl Contender {
    pub(crate) const ALL: [Self; 7] = [
        Self::None,
        Self::NoneAgain,
        Self::EmptyLayer,
        Self::HeadersAlone,
        Self::TowerCors,
        Self::TowerHttp,
        Self::ActixCors,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::NoneAgain => "none again",
            Self::EmptyLayer => "a layer that does nothing",
            Self::HeadersAlone => "headers alone",
            Self::TowerCors => "tower-cors",
            Self::TowerHttp => "tower-http",
            Self::ActixCors => "actix-cors",
        }
    }

    pub(crate) fn is_cors(self) -> bool {
        !matches!(self, Self::None | Self::NoneAgain | Self::EmptyLayer)
    }
}
