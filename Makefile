# `make check` sets up a virtual environment and checks the sample vault; `make test` runs all tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: check demo test lint schemas clean

check: $(VENV)/installed
	$(BIN)/notelint check notes

demo: $(VENV)/installed
	-$(BIN)/notelint check notes/broken

test: $(VENV)/installed-dev lint
	$(BIN)/python -m pytest -n auto
	$(BIN)/notelint check notes

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

schemas: $(VENV)/installed-dev
	$(BIN)/python -m notelint.config.json_schema > schemas/notelint.schema.json

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/installed-dev: pyproject.toml tests/plugin/pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]' --editable tests/plugin
	touch $@ $(VENV)/installed

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# `make fuzz FUZZ_SECONDS=600`: read, check, fix and import mutated texts for so long; what fails is kept in tests/data/fuzz.
.PHONY: fuzz
FUZZ_SECONDS ?= 60
fuzz: $(VENV)/installed-dev
	FUZZ_SECONDS=$(FUZZ_SECONDS) $(BIN)/python -m tests.fuzz
