//! Every code that a file can raise, read off the crate's own source.

use std::{collections::BTreeSet, error::Error, fs, path::Path};

use crate::{
    policies,
    visitor::{Tested, Visitor, each},
};

/// What only programs can say.
const OF_PROGRAMS: [&str; 13] = [
    "changed-after-reloadable",
    "enforced-async-predicate",
    "fixed-in-union",
    "fixed-with-credentials-predicate",
    "fixed-with-dynamic-max-age",
    "origin-set-twice",
    "predicate-with-credentials",
    "reloadable-in-when",
    "reloadable-twice",
    "sub-second-max-age",
    "very-permissive",
    "when-in-reloadable",
    "when-in-when",
];

#[tokio::test]
async fn the_policies_of_these_tests_raise_every_code() -> Tested {
    let visitor = Visitor::arrive().await?;
    let mut raised = BTreeSet::new();
    for policy in policies::all()? {
        let put = visitor.put(&policy).await?;
        raised.extend(each(&put["remarks"], "code").into_iter().map(ToOwned::to_owned));
    }
    raised.remove("syntax");
    // Whether it is raised depends on the packages that are built with this one.
    raised.insert("missing-feature".into());
    let known: BTreeSet<_> = known()?;
    assert!(known.len() > 60, "{known:?}");
    let expected = known.iter().filter(|code| !OF_PROGRAMS.contains(&code.as_str()));
    let expected: BTreeSet<_> = expected.cloned().collect();
    let missing: Vec<_> = expected.difference(&raised).collect();
    assert!(missing.is_empty(), "write a policy that raises {missing:?}");
    let unexpected: Vec<_> = raised.difference(&expected).collect();
    assert!(unexpected.is_empty(), "{unexpected:?}");
    Ok(())
}

/// The first text after what makes a remark.
fn known() -> Result<BTreeSet<String>, Box<dyn Error>> {
    const MAKERS: [&str; 4] = ["Remark::new(", "Remark::without_value(", "dangerous(", "enforced("];
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src");
    let mut codes = BTreeSet::new();
    for entry in fs::read_dir(source.join("config"))? {
        let text = fs::read_to_string(entry?.path())?;
        let texts = MAKERS.into_iter().flat_map(|maker| text.split(maker).skip(1));
        codes.extend(texts.filter_map(|text| text.trim_start().strip_prefix('"')).filter_map(word));
    }
    let faults = fs::read_to_string(source.join("origin/fault.rs"))?;
    codes.extend(
        faults.split("\"origin-").skip(1).filter_map(word).map(|end| format!("origin-{end}")),
    );
    Ok(codes)
}

fn word(text: &str) -> Option<String> {
    text.split_once('"').map(|(word, _)| word.to_owned())
}
