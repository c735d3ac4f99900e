//! What is said about a text, and where.

use serde_json::{Value, json};

use crate::visitor::{Tested, Visitor, each};

/// A policy, the code of a remark, and what it points at.
const ROWS: &[(&str, &str, &str)] = &[
    (
        "allow_origins = [\"{app}\", \"https://x.example/\"]",
        "origin-trailing-slash",
        "\"https://x.example/\"",
    ),
    ("# ü 😀\nallow_orgins = []", "unknown-key", "allow_orgins"),
    ("vary = [] # 😀\n\"a@b\" = 1", "unknown-key", "\"a@b\""),
    ("'ü' = 1", "unknown-key", "'ü'"),
    ("allow_methods = \"PUT,  TRACE , DELETE\"", "forbidden-method", "TRACE"),
    ("allow_methods = \"PUT,  \\u0054RACE\"", "forbidden-method", "\"PUT,  \\u0054RACE\""),
    ("allow_methods = [\"PUT\", 'TRACE']", "forbidden-method", "'TRACE'"),
    ("allow_methods = \"*\"\nallowMethods = []", "duplicate-setting", "allowMethods"),
    ("max_age = 86401", "max-age-over-firefox-cap", "86401"),
    ("max_age =  'x'", "invalid-duration", "'x'"),
    (
        "allow_origin = { fixed = \"https://x.example/\" }",
        "origin-trailing-slash",
        "\"https://x.example/\"",
    ),
    (
        "[allow_origin]\nfixed = \"https://x.example/\"",
        "origin-trailing-slash",
        "\"https://x.example/\"",
    ),
    ("allow_headers = [\"x-a\", \"Accept\"]", "safelisted-request-header", "\"Accept\""),
    (
        "allow_origins = [\"https://*.x.example\", \"https://a.x.example\"]",
        "covered-pattern",
        "\"https://a.x.example\"",
    ),
    ("mcp = true\nallow_origins = \"*\"", "enforced-any-origin", "true"),
    ("dangerously_allow_origins = [\"null\"]", "dangerous-config", "dangerously_allow_origins"),
    ("allow_origins = []", "no-origin", "[]"),
    ("allow_origins = [\n", "syntax", ""),
    ("a = 1\na = 2", "syntax", "a"),
];

#[tokio::test]
async fn remarks_point_at_the_offending_text() -> Tested {
    let visitor = Visitor::arrive().await?;
    for (policy, code, pointed) in ROWS {
        let policy = visitor.fill_in(policy);
        let put = visitor.put(&policy).await?;
        let remarks = put["remarks"].as_array().ok_or("there is a list")?;
        let remark = remarks.iter().find(|remark| remark["code"] == *code);
        let remark = remark.ok_or_else(|| format!("{policy}\n{put:#}"))?;
        let units: Vec<u16> = policy.encode_utf16().collect();
        let place = |name: &str| remark[name].as_u64().map(|at| at as usize);
        let (from, to) =
            place("from").zip(place("to")).ok_or_else(|| format!("{policy}\n{remark:#}"))?;
        assert_eq!(String::from_utf16(&units[from..to])?, *pointed, "{policy}\n{remark:#}");
    }
    Ok(())
}

#[tokio::test]
async fn a_remark_says_all_of_it() -> Tested {
    let visitor = Visitor::arrive().await?;
    let put = visitor.put("max_age = 7201\nallow_origins = [\"https://x.example/\"]\n").await?;
    let expected = json!([
        {
            "kind": "problem",
            "code": "origin-trailing-slash",
            "path": "allow_origins[0]",
            "text": "allow_origins[0] \"https://x.example/\": an origin has no slash at its end; write \"https://x.example\"",
            "from": 32,
            "to": 52,
            "fixes": [
                {
                    "label": "write \"https://x.example\"",
                    "policy": "max_age = 7201\nallow_origins = [\"https://x.example\"]\n",
                },
                {
                    "label": "leave out \"https://x.example/\"",
                    "policy": "max_age = 7201\nallow_origins = []\n",
                },
            ],
        },
        {
            "kind": "warning",
            "code": "max-age-over-chromium-cap",
            "path": "max_age",
            "text": "max_age \"7201\": Chromium remembers for 7200 s at most; write 7200 or less",
            "from": 10,
            "to": 14,
            "fixes": [
                { "label": "write 7200", "policy": "max_age = 7200\nallow_origins = [\"https://x.example/\"]\n" },
                { "label": "leave out max_age", "policy": "allow_origins = [\"https://x.example/\"]\n" },
            ],
        },
    ]);
    assert_eq!(put["remarks"], expected, "{put:#}");
    Ok(())
}

#[tokio::test]
async fn what_is_no_toml_is_one_remark() -> Tested {
    let visitor = Visitor::arrive().await?;
    let put = visitor.put("allow_origins = [\"a\"\nmax_age = 5").await?;
    assert_eq!(put["builds"], false);
    assert_eq!(each(&put["remarks"], "kind"), ["syntax"], "{put:#}");
    Ok(())
}

#[tokio::test]
async fn a_policy_is_served_once_it_builds() -> Tested {
    let visitor = Visitor::arrive().await?;
    let fate = |put: &Value| (put["builds"].clone(), put["serving"].clone(), put["change"].clone());
    let rows = [
        ("# nobody yet", json!([true, "same", null])),
        ("allow_origins = ['{app}']", json!([true, "changed", "opened {app}"])),
        ("# the same\nallowOrigins = '{app}'", json!([true, "same", null])),
        (
            "allow_origins = ['{app}']\nallow_methods = ['PUT']",
            json!([true, "changed", "no origin opened or closed"]),
        ),
        ("allow_origins = ['{app}/']", json!([false, "kept", null])),
        ("allow_origins =", json!([false, "kept", null])),
        ("allow_origins = '{app}'\nallow_methods = 'PUT'", json!([true, "same", null])),
        ("allow_origins = '{other}'", json!([true, "changed", "opened {other}; closed {app}"])),
    ];
    for (policy, expected) in rows {
        let expected: Value = serde_json::from_str(&visitor.fill_in(&expected.to_string()))?;
        let put = visitor.put(policy).await?;
        assert_eq!(json!(fate(&put)), expected, "{policy}\n{put:#}");
    }
    Ok(())
}

/// Each remark carries texts as long as the policy's.
#[tokio::test]
async fn a_policy_with_thousands_of_problems_has_some_of_them_told() -> Tested {
    let visitor = Visitor::arrive().await?;
    let long = format!("allow_headers = [{}]", "\"\", ".repeat(15_000));
    let put = visitor.put(&long).await?;
    assert_eq!(put["remarks"].as_array().map(Vec::len), Some(40));
    let longer = format!("vary = []{}", " ".repeat(64 * 1024));
    let refused = visitor.send("PUT", "{app}/policy", &[], longer).await?;
    assert_eq!(
        (refused.status.as_u16(), refused.json()?),
        (400, json!({ "error": "the policy is longer than 64 KiB" }))
    );
    Ok(())
}
