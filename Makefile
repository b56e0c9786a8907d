# Two commands for a fresh machine with Python 3.11 or newer: `make site` and `make test`.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help site serve test nightly wheel fuzz mutants bench growth docs clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "briefgen needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all]'
	@touch $@

$(VENV)/.test: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ $(VENV)/.site

site: $(VENV)/.site ## set up, import seeds/, build the demonstration into public/
	$(BIN)/briefgen import seeds
	$(BIN)/briefgen build
	@echo "The site is in public/. To see it: make serve"

serve: $(VENV)/.site ## live preview of the demonstration
	$(BIN)/briefgen serve --open

test: $(VENV)/.test ## set up, lint, check types, run the tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest -m 'not nightly'

node_modules/.tools: Makefile
	-npm install --silent --no-audit --no-fund --no-save axe-core@4 vnu-jar lighthouse@12
	@mkdir -p $(@D) && touch $@

nightly: $(VENV)/.test node_modules/.tools ## everything, also what takes long and needs npm
	$(BIN)/python -m pytest

wheel: ## build sdist and wheel, and test what is installed from them, with the newest and the oldest libraries
	.ci/wheel

fuzz: $(VENV)/.test ## feed mutated texts to every reader, SECONDS=60 each, SEED=0
	$(BIN)/python -m tests.tools.fuzz $(or $(SECONDS),60) $(or $(SEED),0)

mutants: $(VENV)/.test ## change slugs, front matter, publishing, links … in small ways, and name what no test notices, ROOMS=site/links
	$(BIN)/python -m pip install --quiet --disable-pip-version-check mutmut==3.8.1
	$(BIN)/python -m tests.tools.mutants $(ROOMS)

docs: $(VENV)/.test ## make the tables of the docs anew, from the program, and the docs as a site, in build/docs/public
	$(BIN)/python -m tests.tools.key_reference
	$(BIN)/python -m tests.tools.theme_reference
	$(BIN)/python -m tests.tools.errors_doc
	$(BIN)/python -m tests.tools.said
	$(BIN)/python -m tests.tools.docs_site build/docs

bench: $(VENV)/.site ## compare the speed of a build with Hugo, Pelican and Eleventy, N=1000 briefings, RUNS=3 rounds
	$(BIN)/python -m tests.bench.bench --n $(or $(N),1000) --runs $(or $(RUNS),3)

growth: $(VENV)/.site ## how the cost of a build grows, N=1000,10000,50000,200000 briefings
	$(BIN)/python -m tests.bench.bench --n $(or $(N),1000,10000,50000,200000) --runs 1 --peers briefgen,briefgen-default

clean: ## remove what make and briefgen made
	rm -rf public .briefgen mutants $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
