//! The playground in real browsers: the tour, the editor, links, keys, and how it looks.

mod console;
mod contrast;
mod editing;
mod frames;
mod keyboard;
mod links;
mod looks;
mod tour;
mod visit;
