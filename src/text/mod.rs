//! PURE. What a text is: counted in graphemes, cleaned of what deceives the eye, folded for search and likeness.
//! Knows no meeting: limits and word lists come in.

pub mod clean;
pub mod contacts;
pub mod fold;
pub mod held;
pub mod likeness;
