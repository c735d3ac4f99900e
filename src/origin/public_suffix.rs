//! Where a host stands by the public suffix list: whether others may register names below it.

use std::iter;

use psl::Psl as _;

/// How a host relates to the listed public suffixes, ICANN and private alike.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Standing {
    /// Is none, but has one somewhere below it.
    AboveSuffix,
    Ordinary,
    Suffix,
    /// A single label that the list does not know, such as `internal`.
    UnlistedLabel,
}

/// Tells how `host`, lower-case ASCII without `*.`, relates to the list.
pub(crate) fn standing(host: &str) -> Standing {
    let mut asked_below = false;
    let mut labels = host.rsplit('.').map(str::as_bytes);
    // psl descends the list label by label, and asks for one beyond the host only where the list
    // has names below it.
    let info = psl::List.find(iter::from_fn(|| {
        let label = labels.next();
        asked_below |= label.is_none();
        label
    }));
    if info.typ.is_some() && info.len == host.len() {
        Standing::Suffix
    } else if asked_below {
        Standing::AboveSuffix
    } else if host.contains('.') {
        Standing::Ordinary
    } else {
        Standing::UnlistedLabel
    }
}

#[cfg(test)]
mod tests {
    use super::Standing::{AboveSuffix, Ordinary, Suffix, UnlistedLabel};
    use super::standing;

    #[test]
    fn hosts_stand_where_the_list_puts_them() {
        for (host, expected) in [
            ("amazonaws.com", AboveSuffix),
            ("app.example.com", Ordinary),
            ("city.kawasaki.jp", Ordinary),
            ("ck", AboveSuffix),
            ("co.uk", Suffix),
            ("com", Suffix),
            ("compute.amazonaws.com", AboveSuffix),
            ("eu-1.compute.amazonaws.com", Suffix),
            ("example.com", Ordinary),
            ("foo.ck", Suffix),
            ("github.io", Suffix),
            ("internal", UnlistedLabel),
            ("kawasaki.jp", AboveSuffix),
            ("myaccount.github.io", Ordinary),
            ("other.kawasaki.jp", Suffix),
            ("run.app", AboveSuffix),
            ("s3.amazonaws.com", Suffix),
            ("service-x7-uc.a.run.app", Ordinary),
            ("windows.net", AboveSuffix),
            ("www.ck", Ordinary),
            ("xn--55qx5d.cn", Suffix),
            ("xn--stfold-9xa.no", AboveSuffix),
        ] {
            assert_eq!(standing(host), expected, "{host}");
        }
    }
}
