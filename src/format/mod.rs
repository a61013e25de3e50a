//! How a debate runs, as data: who speaks in which order, for how long, and what rings when. Owns the model, its TOML, and
//! what it shares with Debatekeeper's XML. Knows nothing of meetings, people, or the time of day.

pub mod model;
