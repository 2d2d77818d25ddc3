# `make help` lists what there is. The first target, `make` alone, checks the sample vault.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: docs docs-pages fuzz lowest check demo quick test lint schemas clean help coverage mutants

check: $(VENV)/installed  ## Check the sample vault
	$(BIN)/notelint check notes

demo: $(VENV)/installed  ## Check the sample vault that is full of mistakes
	-$(BIN)/notelint check notes/broken

quick: $(VENV)/installed-dev  ## Run ruff and the tests that take no time (no `slow` ones)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m pytest -n auto -m 'not slow'

test: $(VENV)/installed-dev lint  ## Run everything that CI runs: lint, all tests, the sample vault
	$(BIN)/python -m pytest -n auto
	$(BIN)/notelint check notes

LOWEST := .venv-lowest
lowest:  ## Run the quick tests with the oldest versions of all dependencies that pyproject.toml allows (needs uv)
	uv venv --clear --python 3.11 $(LOWEST)
	uv pip install --python $(LOWEST) --resolution lowest-direct --editable '.[dev]' --editable tests/plugin
	$(LOWEST)/bin/python -m pytest -n auto -m 'not slow'

lint: $(VENV)/installed-dev  ## Run ruff, mypy and the contract of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/zizmor --offline --quiet .github action.yml

schemas: $(VENV)/installed-dev  ## Write the JSON Schema of the configuration, and the hints of residue, anew
	$(BIN)/python -m notelint.config.json_schema > schemas/notelint.schema.json
	$(BIN)/python -m notelint.residue.hint_data > $(VENV)/hints.json && mv $(VENV)/hints.json notelint/residue/hints.json

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/installed-dev: pyproject.toml tests/plugin/pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]' --editable tests/plugin
	touch $@ $(VENV)/installed

docs: $(VENV)/installed-docs  ## Build the documentation as a site, in site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

docs-pages: $(VENV)/installed-dev  ## Write anew what scripts make of the documentation: pages, pictures, console blocks
	$(BIN)/python docs/map.py > docs/map.md
	$(BIN)/python docs/story.py > docs/pull-request-story.md
	$(BIN)/python docs/reference.py
	$(BIN)/python docs/pictures.py
	$(BIN)/python docs/why_not.py
	$(BIN)/python docs/console_blocks.py --update

$(VENV)/installed-docs: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[docs]'
	touch $@

clean:  ## Remove the virtual environment and all caches
	rm -rf site $(VENV) $(LOWEST) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

coverage: $(VENV)/installed-dev  ## Run all tests and demand that they reach the lines of the code (as one job of CI does)
	$(BIN)/python -m pytest -n auto --cov --cov-report=term:skip-covered

FILE ?= notelint/vault/resolver.py
TESTS ?= tests/vault tests/test_vectors.py
mutants: $(VENV)/installed-dev  ## Change FILE by small slips, and name those that TESTS do not notice (docs/mutants.md)
	$(BIN)/python benchmarks/mutants.py $(if $(SAMPLE),--sample $(SAMPLE)) $(FILE) $(TESTS)

help:  ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1 /p' $(MAKEFILE_LIST) | while read -r target about; do printf '%-10s %s\n' "$$target" "$$about"; done

FUZZ_SECONDS ?= 60
fuzz: $(VENV)/installed-dev  ## Read, check, fix and import mutated texts for FUZZ_SECONDS (60)
	FUZZ_SECONDS=$(FUZZ_SECONDS) $(BIN)/python -m tests.fuzz
