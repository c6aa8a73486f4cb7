# What the README tells users to call. Everything is installed into .venv and .venv-dev; nothing else is touched.
PYTHON ?= python3
VENV ?= .venv
DEV := $(VENV)-dev
BIN := $(DEV)/bin
SOURCES := pyproject.toml hatch_build.py $(shell find conflict_dedup -type f -not -path '*/__pycache__/*')

.PHONY: help demo test test-compiled golden man pictures lint bench clean

help:  ## What can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(VENV)/bin/python $(DEV)/bin/python: %/bin/python:
	$(PYTHON) -m venv $*
	$@ -m pip install --quiet --upgrade 'pip>=25.1'

# The program as users have it: compiled where there is a C compiler; made anew when a source changes.
$(VENV)/.installed: $(VENV)/bin/python $(SOURCES)
	@$(VENV)/bin/python hatch_build.py || true
	$(VENV)/bin/python -m pip install --quiet .
	@$(VENV)/bin/conflict-dedup --version
	@touch $@

# The checkout as its developers have it: an editable install is never compiled.
$(DEV)/.installed: $(DEV)/bin/python pyproject.toml
	CONFLICT_DEDUP_COMPILE=0 $(BIN)/python -m pip install --quiet --editable '.[html,parquet,report]' --group test --group lint
	@touch $@

demo: $(VENV)/.installed  ## Install the program and run it on samples/
	$(VENV)/bin/conflict-dedup run samples/ --format table

test: $(DEV)/.installed  ## Install what tests need and run them
	$(BIN)/python -m pytest -n auto

# Without the checkout in the path (-I), or the sources would be tested, not what was compiled of them.
test-compiled: $(VENV)/.installed  ## Run the tests of extraction and matching on the program compiled to C (needs a C compiler)
	$(VENV)/bin/python -m pip install --quiet --group test
	$(VENV)/bin/conflict-dedup --version | grep '(compiled)'
	$(VENV)/bin/python -I -m pytest -n auto tests/extract tests/match tests/test_accuracy.py tests/test_seeds.py

golden: $(DEV)/.installed  ## Write the outputs that tests compare with anew, after a change that is meant
	$(BIN)/python -m pytest --update-golden tests/test_samples.py tests/test_readme.py tests/test_pictures.py tests/test_command_pages.py tests/report/test_schema.py

man: $(DEV)/.installed  ## Write man/ and docs/commands.md from the commands
	PYTHONPATH=. $(BIN)/python tools/command_pages.py

pictures: $(DEV)/.installed  ## Write docs/pictures/ from samples/
	$(BIN)/python tools/pictures.py

lint: $(DEV)/.installed  ## Lint and type-check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.installed $(DEV)/.installed  ## Speed and memory of extraction (as installed, and pure), matching, start-up
	$(BIN)/python -m benchmarks --installed $(VENV)/bin/python

clean:  ## Remove what was made
	rm -rf $(VENV) $(DEV) build dist .pytest_cache .mypy_cache .ruff_cache
