# What the README tells users to call. Everything is installed into .venv; nothing else is touched.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
COMPILED := .venv-compiled
SOURCES := pyproject.toml hatch_build.py $(shell find conflict_dedup -type f -not -path '*/__pycache__/*')

.PHONY: help demo test test-compiled golden man pictures lint bench clean

help:  ## What can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'

$(VENV)/.installed: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable '.[html,parquet,report]' --group test --group lint
	@touch $@

$(COMPILED)/bin/python:
	$(PYTHON) -m venv $(COMPILED)
	$(COMPILED)/bin/python -m pip install --quiet --upgrade 'pip>=25.1'

# The compiled program has an environment of its own: it is no editable install, and made anew when a source changes.
$(COMPILED)/.installed: $(COMPILED)/bin/python $(SOURCES)
	CONFLICT_DEDUP_COMPILE=1 $(COMPILED)/bin/python -m pip install --quiet .
	@touch $@

demo: $(VENV)/.installed  ## Install the program and run it on samples/
	$(BIN)/conflict-dedup run samples/ --format table

test: $(VENV)/.dev  ## Install what tests need and run them
	$(BIN)/python -m pytest -n auto

# Without the checkout in the path (-I), or the sources would be tested, not what was compiled of them.
test-compiled: $(COMPILED)/.installed  ## Run the tests of extraction on the program compiled to C (needs a C compiler)
	$(COMPILED)/bin/python -m pip install --quiet --group test
	$(COMPILED)/bin/python -I -c "from conflict_dedup.extract import tokens as t; assert not t.__file__.endswith('.py'), t"
	$(COMPILED)/bin/python -I -m pytest -n auto tests/extract tests/test_accuracy.py tests/test_seeds.py

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

bench: $(VENV)/.dev  ## Speed and memory of extraction (pure, and compiled where there is a C compiler), matching, start-up
	@if $(BIN)/python hatch_build.py; then $(MAKE) --no-print-directory $(COMPILED)/.installed; else rm -rf $(COMPILED); fi
	$(BIN)/python -m benchmarks --compiled $(COMPILED)/bin/python

clean:  ## Remove what was made
	rm -rf $(VENV) $(COMPILED) build dist .pytest_cache .mypy_cache .ruff_cache
