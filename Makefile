# Two commands do everything, set-up included: make demo, make test. Options go through ARGS.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check lint types contracts fuzz soak mutations bench bench-peers order pictures lock clean
BIN := .venv/bin
ARGS ?=
# The tests are spread over the cores; those of a file stay in one process. In the order of the folders: else a few long
# files, which hold few tests, would come last, and one process wait for the other.
CORES := -n logical --maxprocesses 4
SHARED := $(CORES) --dist loadfile --no-loadscope-reorder
export PYTHON

help: ## this list
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/make \1	\2/p' Makefile

setup: .venv/.ready-dev ## make .venv with all that Steward and its tests need, as locked in requirements/

demo: .venv/.ready-run ## start Steward with a local workspace in the browser (ARGS="--no-open --port 8497")
	@$(BIN)/steward demo $(ARGS)

test: setup ## run all tests (ARGS="-k draft" picks some)
	@$(BIN)/python -m pytest $(SHARED) $(ARGS)

check: lint types contracts test ## everything: format, lint, types, contracts, tests with warnings as errors

lint: setup ## format and lint only
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: setup
	@$(BIN)/mypy

contracts: setup
	@$(BIN)/lint-imports

fuzz: setup ## damaged payloads only, as many as you like (ARGS="--cases 100000")
	@$(BIN)/python -m pytest tests/hostile/test_fuzz.py $(ARGS)

soak: setup ## 500 intakes while Slack fails and processes are killed and 100,000 answer sets (ARGS="--seed 7" plays one again)
	@$(BIN)/python -m tests.soak $(ARGS)
	@STEWARD_SETS=100000 $(BIN)/python -m pytest $(CORES) tests/triage/test_properties.py

mutations: setup ## take each protection against the forty failures away, and expect its test to fail (ARGS="F07 F12")
	@$(BIN)/python -m tests.failures.mutate $(ARGS)

bench: setup ## measure: ratios within one run
	@$(BIN)/python -m bench $(ARGS)

bench-peers: .venv/.ready-peers ## judging beside other rule engines, which it installs first
	@$(BIN)/python -m bench peers $(ARGS)

order: setup ## find the order of asking anew, after a change of the form or the rules
	@$(BIN)/python -m tests.asking.search

pictures: setup ## take the pictures of the README anew (needs a Chromium)
	@$(BIN)/python -m docs.take_pictures

lock: ## compile the lock files anew (needs uv; ARGS=--upgrade takes newer versions)
	@requirements/lock renew $(ARGS)

clean: ## remove .venv and what tools left behind
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build *.egg-info

# The product's own needs, enough for the demo; the second set holds the first.
.venv/.ready-run: requirements/lock requirements/run.txt pyproject.toml
	@requirements/lock install run
	@touch $@

.venv/.ready-dev: requirements/lock requirements/dev.txt pyproject.toml
	@requirements/lock install dev
	@touch .venv/.ready-run $@

# Beside the second set, for `make bench-peers` alone.
.venv/.ready-peers: requirements/lock requirements/peers.txt .venv/.ready-dev
	@requirements/lock install peers
	@touch $@
