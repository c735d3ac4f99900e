use http::HeaderValue;

use super::{may_allow_credentials, risk};
use crate::{
    config::{
        Age, AllowOrigin, Credentials, Enforce, GivenOrigins, Pending, Problem, Question, Settings,
        Spelling,
    },
    origin::{Fault, OriginList, OriginSet, Pattern, PatternError, shown},
};

/// Whose pages may read.
#[expect(clippy::large_enum_variant, reason = "a policy has only one")]
#[derive(Debug)]
pub(crate) enum Origins {
    /// Everyone's, and everyone is answered alike.
    Any,
    /// This one's, and everyone is answered alike.
    Fixed(HeaderValue),
    /// Those that the set holds or a predicate allows, asked in this order.
    Listed {
        set: OriginSet,
        predicates: Vec<Question<bool>>,
        async_predicates: Vec<Question<Pending>>,
    },
    /// Everyone's, each answered by name.
    Mirror,
}

impl Origins {
    pub(super) fn compile(settings: &Settings) -> Self {
        let allow = &settings.allow_origin;
        let lists = allow.lists.iter().chain(&settings.dangerous_origins);
        match allow.fixed.first() {
            _ if allow.is_any => Self::Any,
            _ if allow.is_mirror => Self::Mirror,
            Some(origin) if is_fixed_for_good(settings) => Self::Fixed(origin.clone()),
            Some(origin) => Self::Listed {
                set: OriginSet::from_lists(vec![[text(origin)].into_iter().collect()]),
                predicates: Vec::new(),
                async_predicates: Vec::new(),
            },
            None => Self::Listed {
                set: OriginSet::from_lists(lists.map(|given| given.list.clone()).collect()),
                predicates: allow.predicates.clone(),
                async_predicates: allow.async_predicates.clone(),
            },
        }
    }

    #[inline]
    pub(super) fn is_static(&self) -> bool {
        matches!(self, Self::Any | Self::Fixed(_))
    }

    pub(super) fn reads_parts(&self) -> bool {
        match self {
            Self::Listed { predicates, async_predicates, .. } => {
                !predicates.is_empty() || !async_predicates.is_empty()
            }
            Self::Any | Self::Fixed(_) | Self::Mirror => false,
        }
    }
}

/// Whether a fixed origin's headers go to everyone: nobody is refused, and no other policy follows.
pub(super) fn is_fixed_for_good(settings: &Settings) -> bool {
    settings.enforced() == Enforce::Off && !settings.is_reloadable
}

/// Whether `null` is among the dangerous origins.
pub(super) fn allows_null(settings: &Settings) -> bool {
    settings
        .dangerous_origins
        .iter()
        .flat_map(|given| given.list.iter())
        .any(|origin| origin == "null")
}

pub(super) fn problems(settings: &Settings) -> Vec<Problem> {
    let mut problems = Vec::new();
    for given in &settings.allow_origin.lists {
        for (index, text) in given.list.iter().enumerate() {
            let found = list_problems(settings, given, text);
            problems.extend(found.into_iter().map(|problem| problem.at(index)));
        }
    }
    problems.extend(everyone_problems(settings));
    problems.extend(fixed_problems(settings));
    problems.extend(dangerous_problems(settings));
    problems.extend(enforcement_problems(settings));
    problems
}

fn list_problems(settings: &Settings, given: &GivenOrigins, text: &str) -> Vec<Problem> {
    if given.spelling == Spelling::Literal && text.contains('*') && text != "*" {
        let error = PatternError::new(text, Fault::WildcardInLiteral);
        return vec![Problem::pattern(given.setting, &error)];
    }
    match Pattern::parse(text) {
        Ok(pattern) if may_allow_credentials(settings) => {
            risk::problems(given.setting, text, &pattern)
        }
        Ok(_) => Vec::new(),
        Err(fault) => vec![Problem::pattern(given.setting, &PatternError::new(text, fault))],
    }
}

fn everyone_problems(settings: &Settings) -> Option<Problem> {
    let allow = &settings.allow_origin;
    if !may_allow_credentials(settings) {
        None
    } else if allow.is_any {
        Some(Problem::any_origin_with_credentials())
    } else if allow.is_mirror && !settings.is_very_permissive {
        Some(Problem::mirrored_origin_with_credentials())
    } else {
        None
    }
}

fn fixed_problems(settings: &Settings) -> Vec<Problem> {
    let mut problems = Vec::new();
    for origin in settings.allow_origin.fixed.iter().map(text) {
        let list: OriginList = [&origin].into_iter().collect();
        let given = GivenOrigins { list, spelling: Spelling::Literal, setting: "allow_origin" };
        problems.extend(list_problems(settings, &given, &origin));
        if !is_fixed_alone(&settings.allow_origin) {
            problems.push(Problem::fixed_in_union(&shown(&origin)));
        }
        if matches!(settings.allow_credentials.0, Credentials::Asked(_)) {
            problems.push(Problem::fixed_with_credentials_predicate(&shown(&origin)));
        }
        if matches!(settings.max_age.0, Age::Dynamic(_)) {
            problems.push(Problem::fixed_with_dynamic_max_age(&shown(&origin)));
        }
    }
    problems
}

fn is_fixed_alone(allow: &AllowOrigin) -> bool {
    let is_alone = allow.fixed.len() == 1 && allow.lists.is_empty();
    let is_unasked = allow.predicates.is_empty() && allow.async_predicates.is_empty();
    is_alone && is_unasked && !allow.is_any && !allow.is_mirror
}

fn dangerous_problems(settings: &Settings) -> Vec<Problem> {
    let mut problems = Vec::new();
    for given in &settings.dangerous_origins {
        for (index, text) in given.list.iter().enumerate() {
            let found = dangerous_origin_problems(settings, given.setting, text);
            problems.extend(found.into_iter().map(|problem| problem.at(index)));
        }
    }
    problems
}

fn dangerous_origin_problems(
    settings: &Settings,
    setting: &'static str,
    text: &str,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    match Pattern::parse(text) {
        Err(Fault::Null) if may_allow_credentials(settings) => {
            problems.push(Problem::null_with_credentials());
        }
        Ok(_) | Err(Fault::Null) => {}
        Err(fault) => problems.push(Problem::pattern(setting, &PatternError::new(text, fault))),
    }
    if settings.allow_origin.is_any {
        problems.push(Problem::dangerous_beside_any(&shown(text)));
    }
    if !settings.allow_origin.fixed.is_empty() {
        problems.push(Problem::dangerous_beside_fixed(&shown(text)));
    }
    problems
}

fn enforcement_problems(settings: &Settings) -> Vec<Problem> {
    let allow = &settings.allow_origin;
    if settings.enforced() == Enforce::Off {
        return Vec::new();
    }
    let mut problems = Vec::new();
    if allow.is_any {
        problems.push(Problem::enforced_any_origin(settings));
    } else if allow.is_mirror {
        problems.push(Problem::enforced_mirrored_origin(settings));
    }
    if !allow.async_predicates.is_empty() {
        problems.push(Problem::enforced_async_predicate(settings));
    }
    problems
}

fn text(origin: &HeaderValue) -> String {
    String::from_utf8_lossy(origin.as_bytes()).into_owned()
}
