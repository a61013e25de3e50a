//! Stories of live meetings: on paused time, with a journal that can be made to fail.

mod hall;
mod numbers;
mod people;
mod storms;
mod trouble;
mod views;
