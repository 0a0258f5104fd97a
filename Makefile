# make site · make serve · make test. The README says the same for Windows without make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
SUDO   := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: help site serve check test lint types wheel browser bench constraints clean
help:            ## List the targets
	@grep -hE '^[a-z]+: .*##|^[a-z]+:.*##' Makefile | sed 's/:.*##/ —/'

$(VENV)/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "kompetanse needs Python 3.11 or newer: make site PYTHON=python3.11")'
	@echo "Making the environment in $(VENV) (once) …"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --editable '.[pdf]'
	@touch $@

$(VENV)/.tested: $(VENV)/.ready
	@echo "Adding the tools for tests (once) …"
	@$(PIP) --editable '.[dev,pdf]'
	@touch $@

site: $(VENV)/.ready  ## Check the content and build the site into site/
	@$(BIN)/kompetanse build

serve: $(VENV)/.ready  ## Show the site while you write
	@$(BIN)/kompetanse serve

check: $(VENV)/.ready  ## Say everything that is wrong with the content
	@$(BIN)/kompetanse check --strict

test: $(VENV)/.tested browser  ## Pass all tests, those in a real browser too
	@$(BIN)/python -m pytest -n auto
	@node --test tests/js/

lint: $(VENV)/.tested  ## Style of the code
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.tested  ## Types of the code
	@$(BIN)/mypy

wheel: $(VENV)/.tested  ## Install the wheel into an empty environment and use it elsewhere
	@PYTHON=$(PYTHON) tests/wheel.sh

browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { \
	  echo "Installing Chromium for the browser tests …"; \
	  $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq chromium; }

bench: $(VENV)/.tested  ## Speed of check, as a ratio against PyYAML's C loader
	@$(BIN)/python bench/check.py

constraints:     ## Write constraints.txt anew from what an empty environment gets
	@rm -rf $(VENV)-new && $(PYTHON) -m venv $(VENV)-new
	@$(VENV)-new/bin/python -m pip install --quiet '.[dev,pdf]'
	@$(VENV)-new/bin/python -m pip freeze --exclude kompetanse > constraints.txt
	@rm -rf $(VENV)-new

clean:           ## Remove what can be made again
	@rm -rf site dist $(VENV) .pytest_cache .mypy_cache .ruff_cache
