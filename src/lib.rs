//! Openfloor: a server for live meetings. The modules in reading order:
//!
//! `meeting` decides, `view` shows, `journal` remembers, `live` joins them to the sockets of `http`.
//! Which module may use which is a rule that `tests/layering.rs` holds.

pub mod app;
pub mod config;
pub mod format;
pub mod http;
pub mod identity;
pub mod journal;
pub mod live;
pub mod meeting;
pub mod notes;
pub mod office;
pub mod planning;
pub mod rehearse;
pub mod results;
pub mod text;
pub mod view;
pub mod wire;
