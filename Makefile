# make demo: the sample campaign, from an empty machine with Python 3.11, git and make
# make test: everything that must hold before a change goes in
# PYTHON=python3.12 make ... chooses another Python; SIGNOFF_DATA=folder shows where the data that may not ship are.

PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; \
	done || echo python3)
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2

export PYTHONHASHSEED ?= 0

.DELETE_ON_ERROR:
.PHONY: help setup demo test lint check coverage bench docs system audit clean

help:
	@echo "make setup   the environment .venv, ready for users"
	@echo "make demo    the sample workspace, its plan and its report, in demo/"
	@echo "make test    system packages, style, types, layers, tests"
	@echo "make coverage the tests again, with the lines that none of them runs"
	@echo "make lint    style, types and layers alone"
	@echo "make bench   the benchmarks, one after another"
	@echo "make docs    the generated references"
	@echo "make audit   the pins against the lists of known faults; before each release"
	@echo "make clean   away with .venv, demo/ and caches"

setup: $(VENV)/demo.stamp

$(VENV)/uv.stamp: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Signoff needs Python 3.11 or later; found: $$($(PYTHON) --version 2>&1). Set PYTHON=..." >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/%.stamp: requirements/%.txt pyproject.toml scripts/install.sh $(VENV)/uv.stamp
	@sh scripts/install.sh $<
	@touch $@

demo: $(VENV)/demo.stamp
	@$(BIN)/python examples/demo/build.py demo

system:
	@sh scripts/system_packages.sh

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: $(VENV)/test.stamp
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n $(WORKERS) --dist loadscope $(COVER)

# apart from the tests that a change must pass: watching each line makes them a quarter slower
coverage:
	@$(MAKE) --no-print-directory check COVER="--cov --cov-report=term:skip-covered"

test: system lint
	@$(MAKE) --no-print-directory check

bench: $(VENV)/test.stamp
	@set -e; for benchmark in benchmarks/bench_*.py; do \
		echo "== $$benchmark"; $(BIN)/python "$$benchmark"; done

docs: $(VENV)/test.stamp
	$(BIN)/python -m signoff.app.cli.manual > docs/reference/cli.md
	$(BIN)/python -m signoff.app.web.manual > docs/reference/permissions.md
	$(BIN)/python -m signoff.audience.manual > docs/reference/roles.md
	$(BIN)/python -m signoff.brief.manual > docs/reference/brief.md
	$(BIN)/python -m signoff.messages.manual > docs/reference/ad-formats.md
	$(BIN)/python -m signoff.store.imports.manual > docs/reference/formats.md
	$(BIN)/python -m signoff.store.schemas.manual > docs/reference/tables.md
	$(BIN)/python -m signoff.venues.exposures.manual > docs/reference/problem.md

# asks an outside service, so no test runs it: a release does, and stops where it finds something
audit: $(VENV)/uv.stamp
	@for list in core demo test; do \
		$(BIN)/uv tool run pip-audit --strict --disable-pip --require-hashes -r requirements/$$list.txt || exit 1; \
	done

clean:
	rm -rf $(VENV) demo build dist .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
