//! Problems between settings, each fine by itself.

use super::{Enforce, Preset, Settings, problem::Problem, remark::Remark};

impl Problem {
    pub(crate) fn fixed_in_union(origin: &str) -> Self {
        Self(Remark::new(
            "fixed-in-union",
            "allow_origin",
            origin,
            "a fixed origin answers everyone alike, so it cannot be one of several; write it as a pattern, with allow_origins",
        ))
    }

    pub(crate) fn fixed_with_credentials_predicate(origin: &str) -> Self {
        Self(Remark::new(
            "fixed-with-credentials-predicate",
            "allow_origin",
            origin,
            "a fixed origin answers everyone alike, and the credentials predicate does not; \
             write allow_credentials(true), or the origin as a pattern, with allow_origins",
        ).for_file(
            "a fixed origin answers everyone alike, and the credentials predicate of the program does not; \
             write the origin as a pattern, with allow_origins",
        ))
    }

    pub(crate) fn fixed_with_dynamic_max_age(origin: &str) -> Self {
        Self(
            Remark::new(
                "fixed-with-dynamic-max-age",
                "allow_origin",
                origin,
                "a fixed origin answers everyone alike, and MaxAge::dynamic does not; \
             write one max_age for all, or the origin as a pattern, with allow_origins",
            )
            .for_file(
                "a fixed origin answers everyone alike, and the program's max_age does not; \
             write the origin as a pattern, with allow_origins",
            ),
        )
    }

    pub(crate) fn dangerous_beside_any(origin: &str) -> Self {
        Self(Remark::new(
            "dangerous-beside-any",
            "dangerously_allow_origins",
            origin,
            "any origin is allowed already; leave it out, or list the other origins",
        ))
    }

    pub(crate) fn dangerous_beside_fixed(origin: &str) -> Self {
        Self(Remark::new(
            "dangerous-beside-fixed",
            "dangerously_allow_origins",
            origin,
            "a fixed origin answers everyone alike, so it cannot be one of several; \
             write it as a pattern, with allow_origins",
        ))
    }

    pub(crate) fn enforced_any_origin(settings: &Settings) -> Self {
        Self(enforced(
            "enforced-any-origin",
            "any origin is allowed, so nothing can be refused; list the origins",
            settings,
        ))
    }

    pub(crate) fn enforced_mirrored_origin(settings: &Settings) -> Self {
        Self(enforced(
            "enforced-mirrored-origin",
            "every origin is mirrored, so nothing can be refused; list the origins",
            settings,
        ))
    }

    pub(crate) fn enforced_async_predicate(settings: &Settings) -> Self {
        Self(enforced(
            "enforced-async-predicate",
            "the inner service is called before an async predicate has answered; \
             write AllowOrigin::predicate",
            settings,
        ))
    }
}

/// With the settings to leave out if enforcement is not meant.
fn enforced(code: &'static str, text: &str, settings: &Settings) -> Remark {
    let by_user = settings.enforce_origins.filter(|enforce| *enforce != Enforce::Off);
    let Some(enforce) = by_user else {
        return Remark::without_value(code, "mcp", format!("{text}, or leave out mcp"));
    };
    let and_mcp = if settings.presets.contains(&Preset::Mcp) { " and mcp" } else { "" };
    let text = format!("{text}, or leave out enforce_origins{and_mcp}");
    Remark::new(code, "enforce_origins", format!("{enforce:?}"), text)
}
