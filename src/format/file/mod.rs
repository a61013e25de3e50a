//! A format as a person writes it, in TOML (docs/FORMATS.md). Owns that language, both ways; the model's rules are in `check`.

mod bells;
mod pattern;
mod read;
mod reader;
#[cfg(test)]
mod tests;
mod tree;
mod write;

pub use read::read;
pub use write::write;
