//! How an input is divided.

/// The lines of an input; bytes that are no text stay as they are.
pub(crate) fn lines(data: &[u8]) -> impl DoubleEndedIterator<Item = &[u8]> {
    data.split(|byte| *byte == b'\n')
}

/// What stands between empty lines.
pub(crate) fn paragraphs(data: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(data);
    std::iter::from_fn(move || {
        let text = rest?;
        let gap = text.windows(2).position(|pair| pair == b"\n\n");
        rest = gap.map(|at| &text[at + 2..]);
        Some(&text[..gap.unwrap_or(text.len())])
    })
}
