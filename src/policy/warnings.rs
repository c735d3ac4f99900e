use std::time::Duration;

use http::{HeaderName, Method};

use super::{SAFELISTED_RESPONSE_HEADERS, may_allow_credentials, risk};
use crate::{
    config::{self, Age, GivenOrigins, Settings, Warning, file},
    origin::{OriginSet, Pattern, Port},
};

/// What is legal but surely not meant, the worst first; then that of each branch.
pub(crate) fn warnings(settings: &Settings) -> Vec<Warning> {
    let mut warnings = own_warnings(settings);
    for (index, branch) in settings.branches.iter().enumerate() {
        let mut of_branch = own_warnings(&branch.settings);
        // Where others are allowed elsewhere, to allow nobody here is meant.
        of_branch.retain(|warning| warning.code() != "no-origin");
        warnings.extend(of_branch.into_iter().map(|warning| warning.of_branch(index)));
    }
    warnings
}

fn own_warnings(settings: &Settings) -> Vec<Warning> {
    let mut warnings = Vec::new();
    warnings.extend(settings.is_very_permissive.then(Warning::very_permissive));
    warnings.extend(credentials_warnings(settings));
    let is_meant = !settings.branches.is_empty();
    warnings.extend((allows_nobody(settings) && !is_meant).then(Warning::no_origin));
    warnings.extend(max_age_warnings(settings));
    warnings.extend(method_warnings(settings));
    warnings.extend(safelisted_warnings(settings));
    let set = OriginSet::from_lists(given(settings).map(|given| given.list.clone()).collect());
    warnings.extend(set.redundant().map(|(list, pattern, wider)| {
        let setting = given(settings).nth(list).map_or("allow_origin", |given| given.setting);
        Warning::covered_pattern(setting, pattern, &wider)
    }));
    warnings.extend(needless_danger_warnings(settings));
    warnings.extend((settings.allow_origin_calls > 1).then(Warning::origin_set_twice));
    warnings.extend(credential_header_warnings(settings));
    file::warnings(settings, warnings)
}

fn given(settings: &Settings) -> impl Iterator<Item = &GivenOrigins> {
    settings.allow_origin.lists.iter().chain(&settings.dangerous_origins)
}

fn patterns(settings: &Settings) -> impl Iterator<Item = (&'static str, &str, Pattern<'_>)> {
    given(settings).flat_map(|given| {
        let texts = given.list.iter().map(|text| (given.setting, text));
        texts.filter_map(|(setting, text)| Some((setting, text, Pattern::parse(text).ok()?)))
    })
}

fn credentials_warnings(settings: &Settings) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if !may_allow_credentials(settings) {
        return warnings;
    }
    let allow = &settings.allow_origin;
    let has_predicate = !allow.predicates.is_empty() || !allow.async_predicates.is_empty();
    warnings.extend(has_predicate.then(Warning::predicate_with_credentials));
    let has_others =
        has_predicate || patterns(settings).any(|(_, _, pattern)| !pattern.is_loopback());
    for (setting, text, pattern) in
        patterns(settings).filter(|(_, _, pattern)| pattern.is_loopback())
    {
        if has_others {
            warnings.push(Warning::loopback_with_credentials(setting, text));
        }
        if pattern.port == Port::Any {
            warnings.push(Warning::any_port_loopback_with_credentials(setting, text));
        }
    }
    let shared = patterns(settings)
        .filter(|(_, _, pattern)| pattern.is_app() && pattern.host == "localhost");
    warnings.extend(
        shared.map(|(setting, text, _)| Warning::shared_app_with_credentials(setting, text)),
    );
    warnings
}

fn allows_nobody(settings: &Settings) -> bool {
    let allow = &settings.allow_origin;
    let has_predicate = !allow.predicates.is_empty() || !allow.async_predicates.is_empty();
    let has_everyone = allow.is_any || allow.is_mirror;
    !has_everyone && !has_predicate && allow.fixed.is_empty() && given(settings).next().is_none()
}

fn max_age_warnings(settings: &Settings) -> Option<Warning> {
    const CHROMIUM_CAP: Duration = Duration::from_secs(7_200);
    const FIREFOX_CAP: Duration = Duration::from_secs(86_400);
    let Age::Exact(max_age) = settings.max_age.0 else {
        return None;
    };
    if max_age > FIREFOX_CAP {
        Some(Warning::max_age_over_firefox_cap(max_age))
    } else if max_age > CHROMIUM_CAP {
        Some(Warning::max_age_over_chromium_cap(max_age))
    } else {
        (max_age.subsec_nanos() > 0).then(|| Warning::sub_second_max_age(max_age))
    }
}

fn method_warnings(settings: &Settings) -> Vec<Warning> {
    let config::Methods::List(methods) = &settings.allow_methods.0 else {
        return Vec::new();
    };
    let warning = |method: &Method| match method.as_str() {
        "OPTIONS" => Some(Warning::options_listed()),
        "delete" | "get" | "head" | "options" | "patch" | "post" | "put" => {
            Some(Warning::lower_case_method(method))
        }
        _ => None,
    };
    methods.iter().filter_map(warning).collect()
}

fn safelisted_warnings(settings: &Settings) -> Vec<Warning> {
    // https://fetch.spec.whatwg.org/#cors-safelisted-request-header, but for those that need
    // permission in everyday use: Content-Type of JSON, Range of several parts.
    const REQUEST: [&str; 3] = ["accept", "accept-language", "content-language"];
    let mut warnings = Vec::new();
    if let config::Headers::List(names) = &settings.allow_headers.0 {
        let safelisted = names.iter().filter(|name| REQUEST.contains(&name.as_str()));
        warnings.extend(safelisted.map(Warning::safelisted_request_header));
    }
    if let config::Exposed::List(names) = &settings.expose_headers.0 {
        let safelisted =
            names.iter().filter(|name| SAFELISTED_RESPONSE_HEADERS.contains(&name.as_str()));
        warnings.extend(safelisted.map(Warning::safelisted_response_header));
    }
    warnings
}

fn needless_danger_warnings(settings: &Settings) -> Vec<Warning> {
    let texts = settings
        .dangerous_origins
        .iter()
        .flat_map(|given| given.list.iter().map(|text| (given.setting, text)));
    let is_needless = |setting, text| {
        let risks = Pattern::parse(text).map(|pattern| risk::problems(setting, text, &pattern));
        risks.is_ok_and(|risks| risks.is_empty() || !may_allow_credentials(settings))
    };
    texts
        .filter(|(setting, text)| is_needless(*setting, text))
        .map(|(_, text)| Warning::not_dangerous(text))
        .collect()
}

fn credential_header_warnings(settings: &Settings) -> Vec<Warning> {
    const CREDENTIALS: [&str; 6] =
        ["api-key", "authorization", "x-access-token", "x-api-key", "x-auth-token", "x-csrf-token"];
    let allow = &settings.allow_origin;
    match &settings.allow_headers.0 {
        config::Headers::List(names) if allow.is_any || allow.is_mirror => {
            let looks_like_one = |name: &&HeaderName| CREDENTIALS.contains(&name.as_str());
            names
                .iter()
                .filter(looks_like_one)
                .map(Warning::credential_header_for_any_origin)
                .collect()
        }
        _ => Vec::new(),
    }
}
