//! Whole-server tests over HTTP: one file per branch of the URL tree, one test per promise of docs/WIRE.md.

#[path = "../support/mod.rs"]
mod support;

mod anonymity;
mod codes;
mod commands;
mod hall;
mod links;
mod meetings;
mod pages;
mod roles;
mod screens;
mod seats;
mod start;
mod views;
