/// A key of a configuration file, named after its setter.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Key {
    AllowCredentials,
    AllowHeaders,
    AllowMethods,
    AllowOrigin,
    AllowOrigins,
    Connect,
    DangerouslyAllowOrigins,
    EnforceOrigins,
    ExposeHeaders,
    GrpcWeb,
    MaxAge,
    Mcp,
    PreflightStatus,
    TraceOrigins,
    Vary,
}

impl Key {
    pub(super) const ALL: [Self; 15] = [
        Self::AllowCredentials,
        Self::AllowHeaders,
        Self::AllowMethods,
        Self::AllowOrigin,
        Self::AllowOrigins,
        Self::Connect,
        Self::DangerouslyAllowOrigins,
        Self::EnforceOrigins,
        Self::ExposeHeaders,
        Self::GrpcWeb,
        Self::MaxAge,
        Self::Mcp,
        Self::PreflightStatus,
        Self::TraceOrigins,
        Self::Vary,
    ];

    /// The setter's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::AllowCredentials => "allow_credentials",
            Self::AllowHeaders => "allow_headers",
            Self::AllowMethods => "allow_methods",
            Self::AllowOrigin => "allow_origin",
            Self::AllowOrigins => "allow_origins",
            Self::Connect => "connect",
            Self::DangerouslyAllowOrigins => "dangerously_allow_origins",
            Self::EnforceOrigins => "enforce_origins",
            Self::ExposeHeaders => "expose_headers",
            Self::GrpcWeb => "grpc_web",
            Self::MaxAge => "max_age",
            Self::Mcp => "mcp",
            Self::PreflightStatus => "preflight_status",
            Self::TraceOrigins => "trace_origins",
            Self::Vary => "vary",
        }
    }

    /// The setting that the key sets: two keys share one.
    pub(super) fn setting(self) -> &'static str {
        match self {
            Self::AllowOrigins => Self::AllowOrigin.name(),
            key => key.name(),
        }
    }

    /// What the key is for, in the words of its setter.
    #[cfg(feature = "schemars")]
    pub(super) fn description(self) -> &'static str {
        match self {
            Self::AllowCredentials => {
                "Whether pages may send credentials and read what is answered to them."
            }
            Self::AllowHeaders => "Which request headers pages may set.",
            Self::AllowMethods => "Which methods pages may use.",
            Self::AllowOrigin | Self::AllowOrigins => {
                "The patterns of the origins whose pages may read responses."
            }
            Self::Connect => "Adds what pages need to call Connect services.",
            Self::DangerouslyAllowOrigins => {
                "Patterns of origins that are allowed although they are dangerous with credentials."
            }
            Self::EnforceOrigins => {
                "Whether requests from origins that are not allowed are answered 403 instead of being run."
            }
            Self::ExposeHeaders => "Which response headers pages may read.",
            Self::GrpcWeb => "Adds what pages need to call gRPC-Web services.",
            Self::MaxAge => "How long browsers may remember a preflight's answer.",
            Self::Mcp => {
                "Adds what pages need to speak to servers of the Model Context Protocol, and enforces the listed origins."
            }
            Self::PreflightStatus => "The status of the answer to an allowed preflight.",
            Self::TraceOrigins => "Whether the events of refused requests show their origin.",
            Self::Vary => "Names added to the `Vary` header of every response.",
        }
    }

    /// The key that is spelled `text`.
    pub(super) fn find(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| is_spelling_of(text, key.name()))
    }

    /// The key that `text` may be meant for, spelled as `text` is.
    pub(super) fn similar(text: &str) -> Option<String> {
        /// What less than half agrees with is rather something else than misspelt.
        const ENOUGH: f64 = 0.5;
        /// Nobody misspells that much, and comparing takes the product of both lengths.
        const LONGEST: usize = 64;
        if text.len() > LONGEST {
            return None;
        }
        let snake = snake(text);
        let similarity = |key: &Self| {
            let dice = strsim::sorensen_dice(&snake, key.name());
            dice.max(strsim::normalized_damerau_levenshtein(&snake, key.name()))
        };
        // Of several the last is taken, which is to be the first.
        let nearest = Self::ALL.into_iter().rev().map(|key| (similarity(&key), key));
        let (similarity, key) = nearest.max_by(|(a, _), (b, _)| a.total_cmp(b))?;
        (similarity >= ENOUGH).then(|| Case::of(text).spell(key.name()))
    }
}

/// How the words of a name are joined.
#[derive(Clone, Copy, Debug)]
pub(super) enum Case {
    Camel,
    Kebab,
    Snake,
    /// As variables of the environment are.
    Upper,
}

impl Case {
    pub(super) const ALL: [Self; 4] = [Self::Camel, Self::Kebab, Self::Snake, Self::Upper];

    fn of(text: &str) -> Self {
        let has_upper = text.contains(|c: char| c.is_ascii_uppercase());
        let has_lower = text.contains(|c: char| c.is_ascii_lowercase());
        match (has_upper, has_lower) {
            _ if text.contains('-') => Self::Kebab,
            (true, true) => Self::Camel,
            (true, false) => Self::Upper,
            _ => Self::Snake,
        }
    }

    /// Spells a name that is given in snake case.
    pub(super) fn spell(self, name: &str) -> String {
        match self {
            Self::Camel => {
                let mut words = name.split('_');
                let first = words.next().unwrap_or_default().to_owned();
                words.fold(first, |text, word| text + &word[..1].to_ascii_uppercase() + &word[1..])
            }
            Self::Kebab => name.replace('_', "-"),
            Self::Snake => name.into(),
            Self::Upper => name.to_ascii_uppercase(),
        }
    }
}

/// Spells a text of any case in snake case.
fn snake(text: &str) -> String {
    let is_camel = matches!(Case::of(text), Case::Camel);
    let mut snake = String::new();
    for character in text.chars() {
        if is_camel && character.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(if character == '-' { '_' } else { character.to_ascii_lowercase() });
    }
    snake
}

/// Whether `text` is the name, in one of the cases.
pub(super) fn is_spelling_of(text: &str, name: &str) -> bool {
    Case::ALL.into_iter().any(|case| case.spell(name) == text)
}
