# make run    the whole product on this machine, with sample data
# make test   everything that must hold, and all that is needed to check it
# make bench  the promises of docs/performance.md, measured
# make clean  remove what the other commands made (your data in .data stays)

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
JOBS_VENV := .venv-jobs
WORKER_VENV := .venv-worker
ASSIST_VENV := .venv-assist
PYTHONS := core functions function_app.py local benchmarks aml_jobs tests
REPORTS := test-results
PYTEST = $(BIN)/pytest --junitxml $(REPORTS)/$@.xml
# Two processes, a stack each. Files go to whichever is free, in order: by number of tests, the longest would be last.
TWO_STACKS := --numprocesses 2 --dist loadfile --no-loadscope-reorder
export PIP_DISABLE_PIP_VERSION_CHECK := 1

PAGE_SOURCES := $(shell find web/src web/public web/scripts -type f 2>/dev/null) \
	web/index.html web/vite.config.ts web/package.json web/openapi.json

.PHONY: help run test lint types unit infra contract functions jobs local-host web browser bench openapi page clean

help:
	@sed -n '/^#/!q; s/^# //p' Makefile

run: $(VENV)/.installed $(ASSIST_VENV)/.installed local/azurite/node_modules/.installed web/dist/index.html
	@exec $(BIN)/python -m local

TESTED := unit infra contract jobs local-host functions web browser
test: lint types $(TESTED)
	@$(BIN)/python -m tests.summary $(REPORTS) $(TESTED)
	@echo "make test: lint, types and all of these passed"

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed
	$(BIN)/mypy $(PYTHONS)

unit: $(VENV)/.installed
	$(PYTEST) --numprocesses 2 tests/unit

infra: $(VENV)/.installed local/azurite/node_modules/.installed $(WORKER_VENV)/.installed
	$(PYTEST) --numprocesses 2 tests/infra

contract: $(VENV)/.installed local/azurite/node_modules/.installed
	$(PYTEST) --numprocesses 2 tests/contract

local-host: $(VENV)/.installed local/azurite/node_modules/.installed
	$(PYTEST) --numprocesses 2 tests/local

jobs: $(VENV)/.installed $(JOBS_VENV)/.installed $(ASSIST_VENV)/.installed
	$(PYTEST) --numprocesses 2 tests/jobs

functions: $(VENV)/.installed $(JOBS_VENV)/.installed $(ASSIST_VENV)/.installed \
		local/azurite/node_modules/.installed web/dist/index.html
	$(PYTEST) $(TWO_STACKS) tests/functions

web: web/node_modules/.installed
	cd web && npm run check && npm test -- --reporter=default --reporter=junit --outputFile.junit=../$(REPORTS)/$@.xml

browser: $(VENV)/.installed local/azurite/node_modules/.installed web/dist/index.html
	$(BIN)/python -m local.chromium
	$(PYTEST) $(TWO_STACKS) tests/browser

bench: $(VENV)/.installed local/azurite/node_modules/.installed web/dist/index.html
	$(BIN)/python -m local.chromium
	$(BIN)/python -m benchmarks

openapi: $(VENV)/.installed
	$(BIN)/python -m functions.openapi > web/openapi.json.new
	mv web/openapi.json.new web/openapi.json

page: web/dist/index.html

clean:
	rm -rf $(VENV) $(JOBS_VENV) $(ASSIST_VENV) $(WORKER_VENV) .python .bench .mypy_cache .ruff_cache .pytest_cache .hypothesis test-results
	rm -rf web/node_modules web/dist local/azurite/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.installed: requirements.txt requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Tagwerk needs Python 3.11 or newer; '$(PYTHON)' is older. Try make PYTHON=python3.12."; exit 1; }
	@echo "Installing Python packages into $(VENV) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet -r requirements-dev.txt
	@touch $@

# Azure's own worker needs Python 3.13 or newer, which need not be the one that everything else runs on.
$(WORKER_VENV)/.installed: requirements.txt tests/infra/worker-requirements.txt | $(VENV)/.installed
	@echo "Installing Azure's worker into $(@D) ..."
	@test -x $(@D)/bin/python || { python=$$($(BIN)/python -m tests.infra.find_python $(WORKER_PYTHON) $(PYTHON)) \
		&& "$$python" -m venv $(@D); }
	@$(@D)/bin/pip install --quiet -r tests/infra/worker-requirements.txt
	@touch $@

$(JOBS_VENV)/.installed: aml_jobs/aggregate/requirements.txt
$(ASSIST_VENV)/.installed: tests/jobs/assist/requirements.txt aml_jobs/requirements.txt

$(JOBS_VENV)/.installed $(ASSIST_VENV)/.installed:
	@echo "Installing a job's Python packages into $(@D) ..."
	@test -x $(@D)/bin/python || $(PYTHON) -m venv $(@D)
	@$(@D)/bin/pip install --quiet -r $<
	@touch $@

local/azurite/node_modules/.installed web/node_modules/.installed: %/node_modules/.installed: %/package-lock.json
	@command -v npm >/dev/null || { echo "Node.js 20 or newer is needed: https://nodejs.org"; exit 1; }
	@echo "Installing Node packages of $* ..."
	@cd $* && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/index.html: web/node_modules/.installed $(PAGE_SOURCES)
	@echo "Building the page ..."
	@cd web && npm run --silent build
	@touch $@
