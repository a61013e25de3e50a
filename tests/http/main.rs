//! Whole-server tests over HTTP: one file per branch of the URL tree, one test per promise of docs/WIRE.md.

#![expect(clippy::unwrap_used, reason = "a test fails where it stands")]

#[path = "../support/mod.rs"]
mod support;

mod anonymity;
mod codes;
mod commands;
mod discussion;
mod groups;
mod hall;
mod links;
mod meetings;
mod pages;
mod practice;
mod roles;
mod screens;
mod seats;
mod socket;
mod start;
mod views;
