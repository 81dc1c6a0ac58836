# What a developer runs. `make help` lists the targets; each is one line, what needs more is a file in tools/.

.DEFAULT_GOAL := help
.PHONY: help install fmt lint types walls test test-system golden docs docs-check fixtures plans regions check demo bench bench-quick build clean new-code
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

BIN := .venv/bin
PY := $(BIN)/python
READY := .venv/ready
PYTEST := $(PY) -m pytest -q -n auto
CODE := dativo_compile tools benchmarks

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{ printf "  make %-12s %s\n", $$1, $$2 }'

install: $(READY) ## .venv with everything a developer needs (Python 3.11 or later, git and make are enough)

$(READY): pyproject.toml constraints/dev.txt tools/bootstrap.sh
	@sh tools/bootstrap.sh

fmt: $(READY) ## format the code and mend what ruff can
	$(BIN)/ruff check -q --fix . ; $(BIN)/ruff format .

lint: $(READY) ## ruff: rules and format
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(READY) ## mypy --strict
	$(BIN)/mypy

walls: $(READY) ## the architecture as tests: directions, sizes, imports, codes
	$(PYTEST) tests/test_walls.py tests/test_budget.py tests/test_codes.py tests/test_tracked.py

test: $(READY) ## every test that pip alone can run
	$(PYTEST) --ignore=tests/system tests

test-system: $(READY) ## the tests that need a terraform (the binary, or a wheel that holds it)
	$(PYTEST) tests/system

golden: $(READY) ## rewrite tests/cases/*/expected; review the diff like code (CASE=name for one)
	$(PY) -m tools.golden $(CASE)

docs: $(READY) ## write what is generated below docs/
	$(PY) -m tools.docs

docs-check: $(READY) ## fail if a generated page is out of date
	$(PY) -m tools.docs check

fixtures: $(READY) ## make the states of fixtures/ again with a real terraform
	$(PY) -m tools.fixtures

regions: $(READY) ## take the regions of AWS from botocore's data (python -m tools.regions check says what differs)
	$(PY) -m tools.regions

plans: $(READY) ## make the plans of tests/cases/plan-* again with a real terraform
	$(PY) -m tools.plans

check: lint types walls docs-check ## lint, types, walls and docs-check: what a change must pass before review

demo: $(READY) ## a project compiled, explained, changed and compared, told step by step
	@$(PY) -m tools.demo

bench: $(READY) ## compile against the floor at 1,000 and 10,000 jobs; prints the table of ratios
	$(PY) -m benchmarks.run

bench-quick: $(READY) ## the same at 300 and 1,000 jobs, in under two minutes
	$(PY) -m benchmarks.run --quick

build: $(READY) ## the wheel and the source archive, in dist/
	$(PY) -m build --outdir dist .

new-code: $(READY) ## scaffold a diagnostic: make new-code ID=DC4007 NAME=output-is-null
	$(PY) -m tools.new_code $(ID) $(NAME) $(FILE)

clean: ## remove what make made, .venv included
	rm -rf .venv .demo dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
