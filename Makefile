# make serve   makes what is missing, loads the registry on first start, and serves it
# make test    makes what is missing, then runs every check and test
#
# Everything lives in .venv, installed from requirements/*.txt by hash. A stamp stands for each step that is done, so a
# second start does none of them again.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
PYTHON := $(VENV)/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check --no-input install -qq
STAMPS := $(VENV)/stamps
# What the front-end build reads; its own output and downloads are not among it.
ASSETS := $(shell find webapp/frontend -type d -name node_modules -prune -o -type f -print 2>/dev/null)
SAY = @printf '\033[2m%s\033[0m\n' "$(1)" >&2

.PHONY: help serve test test-all check pytest figures imports reconciling harmonising bench crash siege fuzz format lock clean chromium java

help:
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

serve: $(STAMPS)/project ## Serve the registry at http://127.0.0.1:8000 (STANDARDS_GRAPH_* settings are obeyed)
	@exec $(VENV)/bin/standards-graph serve

test: check pytest ## Every check and test

test-all: check pytest ## make test, and what takes longer: the full matrix of pages, kill and siege trials
	@$(PYTHON) -m pytest -q -m long tests
	@$(MAKE) --no-print-directory crash siege

check: $(STAMPS)/dev ## Formatting, lint, types, layers
	@$(VENV)/bin/ruff format --check --quiet . || { echo 'Formatting differs: run make format.' >&2; exit 1; }
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/mypy --no-error-summary
	@$(VENV)/bin/lint-imports --no-logo

pytest: $(STAMPS)/dev chromium java ## The tests alone
	@$(PYTHON) -m pytest -q -n 2 --dist loadfile

figures: $(STAMPS)/dev ## Count terms, statements and answers, and time every question
	@$(PYTHON) -m tools.figures

imports: $(STAMPS)/dev ## Measure imports of FILES="…" into copies of the data folder HOME_FOLDER
	@$(PYTHON) -m tools.imports --home $(HOME_FOLDER) $(FILES)

reconciling: $(STAMPS)/dev ## Measure how well organisations are told apart by name (EUDAMED=… LISTS="…" for all of it)
	@$(PYTHON) -m tools.reconciling $(EUDAMED) $(LISTS)

harmonising: $(STAMPS)/dev ## Measure closure, conflicts and single changes on maps of up to a million records
	@$(PYTHON) -m tools.harmonising
	@$(PYTHON) -m tools.harmonising --against --sizes 1000 10000

bench: $(STAMPS)/dev chromium ## Measure what the budgets name
	@$(PYTHON) -m tools.bench

crash: $(STAMPS)/dev ## Kill the writer in the middle of its work, twenty times, and at each step of an import, a hundred times
	@$(PYTHON) -m tools.crash
	@$(PYTHON) -m tools.crash --steps 100

fuzz: $(STAMPS)/dev ## Ten thousand files that are nearly right for each format that is read
	@$(PYTHON) -m tools.fuzz --jobs 2

siege: $(STAMPS)/dev ## Fifty runaway queries at once, while pages are read
	@$(PYTHON) -m tools.siege

format: $(STAMPS)/dev ## Put the code in its form
	@$(VENV)/bin/ruff check --quiet --fix-only .
	@$(VENV)/bin/ruff format --quiet .

LOCK = $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade

lock: $(STAMPS)/dev ## Renew the locked versions under requirements/
	@$(LOCK) pyproject.toml -o requirements/runtime.txt
	@for part in build node dev; do $(LOCK) requirements/$$part.in -o requirements/$$part.txt; done

clean: ## Remove everything that can be made again; the data folder stays
	@rm -rf $(VENV) build dist webapp/static/dist webapp/frontend/node_modules .mypy_cache .ruff_cache .pytest_cache \
	  .import_linter_cache .hypothesis htmlcov .coverage
	@find . -type d -name __pycache__ -prune -exec rm -rf {} +

# --- the steps, each with its stamp ---

$(STAMPS)/venv:
	$(call SAY,Making the environment in $(VENV))
	@found=; for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo 'error: Python 3.11 or newer with its venv module is needed (on Debian: apt-get install python3-venv).' >&2; exit 1; \
	fi; \
	rm -rf $(VENV); "$$found" -m venv $(VENV)
	@mkdir -p $(STAMPS); touch $@

$(STAMPS)/runtime: requirements/runtime.txt requirements/build.txt requirements/node.txt | $(STAMPS)/venv
	$(call SAY,Installing what the registry needs)
	@$(PIP) --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	@$(PYTHON) -c 'import sys, hatch_build; sys.exit(not hatch_build.node_on_path())' || $(PIP) --require-hashes -r requirements/node.txt
	@touch $@

$(STAMPS)/project: $(STAMPS)/runtime pyproject.toml hatch_build.py $(ASSETS)
	$(call SAY,Building the front end and installing the project)
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/dev: $(STAMPS)/project requirements/dev.txt
	$(call SAY,Installing what the tests need)
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

# The page tests drive a real browser. Where none is found it is installed, if that is possible here.
chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo 'Installing Chromium for the page tests' >&2; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	  else \
	    echo 'error: the page tests need Chromium: install the package chromium and run this again.' >&2; exit 1; \
	  fi; }

# The tests let a reasoner written in Java judge the ontology; the registry itself needs no Java.
java:
	@command -v java >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo 'Installing a Java runtime for the tests of the ontology' >&2; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends default-jre-headless >/dev/null; \
	  else \
	    echo 'error: the tests of the ontology need Java: install the package default-jre-headless and run this again.' >&2; exit 1; \
	  fi; }
