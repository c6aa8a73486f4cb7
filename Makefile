# What the README tells users to call. Everything is installed into .venv; nothing else is touched.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: help demo test golden man pictures lint bench clean

help:  ## What can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'

$(VENV)/.installed: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable '.[html,parquet,report]' --group test --group lint
	@touch $@

demo: $(VENV)/.installed  ## Install the program and run it on samples/
	$(BIN)/conflict-dedup run samples/ --format table

test: $(VENV)/.dev  ## Install what tests need and run them
	$(BIN)/python -m pytest -n auto

golden: $(VENV)/.dev  ## Write the outputs that tests compare with anew, after a change that is meant
	$(BIN)/python -m pytest --update-golden tests/test_samples.py tests/test_readme.py tests/test_pictures.py tests/test_command_pages.py tests/report/test_schema.py

man: $(VENV)/.dev  ## Write man/ and docs/commands.md from the commands
	PYTHONPATH=. $(BIN)/python tools/command_pages.py

pictures: $(VENV)/.dev  ## Write docs/pictures/ from samples/
	$(BIN)/python tools/pictures.py

lint: $(VENV)/.dev  ## Lint and type-check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.dev  ## Speed and memory of extraction, matching and start-up
	$(BIN)/python -m benchmarks

clean:  ## Remove what was made
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
