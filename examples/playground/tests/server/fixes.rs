//! Every remark can be mended by a click.

use std::error::Error;

use serde_json::Value;

use crate::{
    policies,
    visitor::{Tested, Visitor, each},
};

const MOST_STEPS: usize = 60;

#[tokio::test]
async fn each_fix_removes_its_remark() -> Tested {
    let visitor = Visitor::arrive().await?;
    for policy in policies::all()? {
        check_fixes(&visitor, &policy).await?;
    }
    Ok(())
}

/// As texts are while they are typed.
#[tokio::test]
async fn fixes_of_garbled_policies_do_too() -> Tested {
    const TYPED: [&str; 7] = ["\"", ",", "#", "\n", "[", ".", "ü"];
    let visitor = Visitor::arrive().await?;
    for (number, policy) in policies::all()?.iter().enumerate() {
        let places = policy.char_indices().skip(number % 5).step_by(5);
        for (count, (at, character)) in places.take(12).enumerate() {
            let (before, after) = policy.split_at(at);
            let garbled = match count % 3 {
                0 => before.to_owned(),
                1 => before.to_owned() + &after[character.len_utf8()..],
                _ => before.to_owned() + TYPED[count % TYPED.len()] + after,
            };
            check_fixes(&visitor, &garbled).await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_table_of_settings_is_lifted() -> Tested {
    let visitor = Visitor::arrive().await?;
    let rows = [
        ("# mine\n[cors] # here\nmax_age = 5 # s\n", "# mine\nmax_age = 5 # s\n"),
        (
            "vary = []\n[cors]\nmax_age = 5\n[other]\nx = 1\n",
            "vary = []\nmax_age = 5\n[other]\nx = 1\n",
        ),
    ];
    for (policy, lifted) in rows {
        let remarks = remarks(&visitor, policy).await?;
        let fixes = each(&remarks[0]["fixes"], "label");
        if lifted.contains("[other]") {
            assert_eq!(fixes, ["leave out cors"], "{policy}: something else is unknown, too");
            continue;
        }
        assert_eq!(fixes, ["write what is in cors at the top level", "leave out cors"], "{policy}");
        assert_eq!(each(&remarks[0]["fixes"], "policy")[0], lifted);
    }
    Ok(())
}

#[tokio::test]
async fn fixes_one_after_another_end_in_a_policy_without_remarks() -> Tested {
    let visitor = Visitor::arrive().await?;
    for policy in policies::all()? {
        for take_last in [false, true] {
            let mut mended = policy.clone();
            for step in 0.. {
                assert!(step < MOST_STEPS, "{policy}\nbecame\n{mended}");
                let put = visitor.put(&mended).await?;
                let Some(remark) = put["remarks"].as_array().and_then(|remarks| remarks.first())
                else {
                    assert_eq!(put["builds"], true, "{mended}");
                    break;
                };
                let fixes = each(&remark["fixes"], "policy");
                let fix = if take_last { fixes.last() } else { fixes.first() };
                mended = (*fix.ok_or_else(|| remark.to_string())?).to_owned();
            }
        }
    }
    Ok(())
}

/// But for those that are in the lines that a fix takes away.
#[tokio::test]
async fn comments_and_layout_survive() -> Tested {
    const POLICY: &str = "# Who may read.

allow_origins = [
    # the page
    \"{app}\",
    \"https://x.example/\", # a slash, too much
    # the other page
    \"{other}\"
]

   allow_methods   =   \"PUT,  TRACE\"   # in one text
# With cookies:
allow_credentials = false # not yet
max_age = '10 m'
# The end.
";
    const FIXES: [(&str, &str, &str); 5] = [
        ("write \"https://x.example\"", "\"https://x.example/\"", "\"https://x.example\""),
        (
            "leave out \"https://x.example/\"",
            "    \"https://x.example/\", # a slash, too much\n",
            "",
        ),
        ("leave out \"TRACE\"", "\"PUT,  TRACE\"", "\"PUT\""),
        ("write \"10m\"", "'10 m'", "\"10m\""),
        ("leave out max_age", "max_age = '10 m'\n", ""),
    ];
    let visitor = Visitor::arrive().await?;
    let remarks = remarks(&visitor, POLICY).await?;
    let fixes: Vec<_> =
        remarks.iter().flat_map(|remark| remark["fixes"].as_array()).flatten().collect();
    for (label, before, after) in FIXES {
        let fix = fixes.iter().find(|fix| fix["label"] == label);
        let fix = fix.ok_or_else(|| format!("{label}: {fixes:#?}"))?;
        let expected = visitor.fill_in(&POLICY.replace(before, after));
        assert_eq!(fix["policy"].as_str(), Some(expected.as_str()), "{label}");
    }
    assert_eq!(fixes.len(), FIXES.len(), "{fixes:#?}");
    Ok(())
}

async fn check_fixes(visitor: &Visitor, policy: &str) -> Tested {
    let remarks = remarks(visitor, policy).await?;
    for remark in remarks.iter().filter(|remark| remark["kind"] != "syntax") {
        let fixes = remark["fixes"].as_array().expect("there is a list");
        assert!(!fixes.is_empty(), "{policy}\n{remark:#}");
        for fix in fixes {
            let mended = fix["policy"].as_str().expect("it is a text");
            let rest = self::remarks(visitor, mended).await?;
            // What is left may move up to its place, or another of its kind come to light.
            let is_less =
                |key: &str| count(&rest, key, &remark[key]) < count(&remarks, key, &remark[key]);
            assert!(is_less("code") || is_less("text"), "{policy}\n{fix:#}\n{rest:#?}");
            assert_eq!(count(&rest, "kind", &"syntax".into()), 0, "{policy}\n{fix:#}");
        }
    }
    Ok(())
}

async fn remarks(visitor: &Visitor, policy: &str) -> Result<Vec<Value>, Box<dyn Error>> {
    let put = visitor.put(policy).await?;
    Ok(put["remarks"].as_array().cloned().unwrap_or_default())
}

fn count(remarks: &[Value], key: &str, value: &Value) -> usize {
    remarks.iter().filter(|remark| remark[key] == *value).count()
}
