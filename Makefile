# Openfloor: one way to do each thing. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
DATA ?= ./data
LISTEN ?= 0.0.0.0:8080

.PHONY: help run dev test test-rust test-web test-e2e lint bench soak pictures web setup-web setup-test build

help: ## lists what there is
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

run: build ## builds everything and serves on SQLite in ./data
	@./target/debug/openfloor serve --listen $(LISTEN) --data $(DATA)

dev: build ## a demo meeting at a known address, rebuilt on change
	@scripts/dev

test: setup-test lint test-rust test-web test-e2e ## sets up and passes everything, browsers included
	@echo "everything passed"

test-rust: web ## the tests of the server
	cargo test --locked --no-fail-fast

test-web: setup-web ## the tests of the web part
	cd web && npm run --silent test

test-e2e: build setup-test ## a real browser: stories, accessibility, weight
	cd tests/e2e && npm run --silent test

lint: web ## rustfmt, clippy, svelte-check, eslint, catalogues
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	cd web && npm run --silent check && npm run --silent lint

bench: build ## measures, each beside a bare baseline in the same run
	@scripts/bench

soak: build ## the long runs: 200 kills, a long poor network (about an hour)
	@scripts/soak

pictures: build setup-test ## screenshots of every screen into tests/e2e/out
	cd tests/e2e && node pictures.mjs

build: web ## the web part and the server
	cargo build --locked

web: setup-web ## the web part into web/dist
	@scripts/web-if-changed

setup-web:
	@scripts/setup web

setup-test: setup-web
	@scripts/setup test
