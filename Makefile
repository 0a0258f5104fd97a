# make site · make serve · make test. The README says the same for Windows without make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
FONT   := theme/kompetanse_theme/assets/fonts
SIGNED := theme/kompetanse_theme/assets/noble-ed25519
ORACLE := theme/node_modules/@digdir/designsystemet/package.json
ORACLES := tests/evidence/oracle tests/export/oracle
SUDO   := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: help site serve check test lint types wheel assets font oracle headless browser bench bench-importing bench-pages bench-sharing bench-speed bench-merge bench-packages bench-search search-eval constraints lock clean
help:            ## List the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed 's/:.*##/ —/'

$(VENV)/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "kompetanse needs Python 3.11 or newer: make site PYTHON=python3.11")'
	@echo "Making the environment in $(VENV) (once) …"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --editable '.[certificates,import,pdf]'
	@touch $@

$(VENV)/.tested: $(VENV)/.ready
	@echo "Adding the tools for tests (once) …"
	@$(PIP) --editable '.[certificates,dev,import,pdf]'
	@touch $@

site: $(VENV)/.ready font  ## Check the content and build the site into site/
	@$(BIN)/kompetanse build

serve: $(VENV)/.ready font  ## Show the site while you write
	@$(BIN)/kompetanse serve

check: $(VENV)/.ready  ## Say everything that is wrong with the content
	@$(BIN)/kompetanse check --strict

test: $(VENV)/.tested font oracle headless  ## Pass all tests, those in a real browser too
	@$(BIN)/python -m pytest -n auto --dist worksteal
	@node --test tests/js/

lint: $(VENV)/.tested  ## Style of the code
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.tested  ## Types of the code
	@$(BIN)/mypy

wheel: $(VENV)/.tested assets  ## Install the wheel into an empty environment and use it elsewhere
	@PYTHON=$(PYTHON) tests/wheel.sh

assets: $(FONT)/LICENSE  ## Fetch the theme's font, and what checks signatures in older browsers, by npm; a wheel must have both

$(FONT)/LICENSE: theme/package-lock.json
	@echo "Fetching the theme's font and its check of signatures (once) …"
	@cd theme && npm ci --omit=dev --silent
	@mkdir -p $(FONT) $(SIGNED)
	@cp theme/node_modules/@noble/ed25519/index.js theme/node_modules/@noble/ed25519/LICENSE $(SIGNED)
	@cp theme/node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2 \
	    theme/node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-ext-wght-normal.woff2 $(FONT)
	@cp theme/node_modules/@fontsource-variable/source-sans-3/LICENSE $@ && touch $@

font:
	@{ command -v npm >/dev/null && $(MAKE) --no-print-directory --silent assets; } || \
	  echo "The theme's font could not be fetched (it takes npm); the site uses the system's, and certificates are checked in newer browsers only."

oracle:
	@[ $(ORACLE) -nt theme/package-lock.json ] || { cd theme && npm ci --silent && touch ../$(ORACLE); } || \
	  echo "Designsystemet could not be fetched (it takes npm); the test that compares our colours with it is left out."
	@for folder in $(ORACLES); do ( [ $$folder/node_modules/.ready -nt $$folder/package-lock.json ] || { \
	  cd $$folder && npm ci --ignore-scripts --silent && touch node_modules/.ready; } ) || \
	  echo "What $$folder asks could not be fetched (it takes npm); the tests that ask it are left out."; done

headless:
	@command -v chromium-headless-shell >/dev/null || ! command -v apt-get >/dev/null || { \
	  echo "Installing Chromium's headless shell for the browser tests (once) …"; \
	  $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq chromium-headless-shell; } || \
	  echo "It could not be installed; the browser tests take longer in the whole browser."

browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { \
	  echo "Installing Chromium for the measurements …"; \
	  $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq chromium; }

bench: $(VENV)/.tested  ## Speed of check, as a ratio against PyYAML's C loader
	@$(BIN)/python bench/check.py

search-eval: $(VENV)/.tested  ## How well the search ranks on the set in DIR, against other engines
	@$(PIP) --editable 'bench/search[peers]'
	@{ command -v npm >/dev/null && cd bench/search && npm ci --ignore-scripts --silent; } || echo "The browser's engines are left out (they take npm)."
	@$(BIN)/kompetanse-search-eval $(DIR)

bench-speed: $(VENV)/.tested font headless  ## Builds and edits beside Material, Zensical, Hugo and Eleventy, and each goal; about an hour; writes bench-speed.json
	@PYTHON=$(PYTHON) bench/setup || true
	@$(BIN)/python bench/speed.py --json bench-speed.json

bench-sharing: $(VENV)/.tested  ## Reading a large source, as a ratio against a full clone of it
	@$(BIN)/python bench/sharing/reading.py
	@$(BIN)/python bench/sharing/following.py
	@$(BIN)/python bench/sharing/federation.py

bench-packages: $(VENV)/.tested  ## Memory that each package of a course with 300 MB of pictures takes
	@$(BIN)/python bench/packages.py

bench-importing: $(VENV)/.tested  ## Memory that an import of 300 pages and 200 pictures takes, and its time beside mammoth's
	@$(BIN)/python bench/importing.py

bench-merge: $(VENV)/.tested  ## What a merge leaves to a person, against git, on the cases in DIR
	@$(BIN)/python bench/sharing/triples.py $(DIR)
	@$(BIN)/python bench/sharing/triples.py $(DIR) --adapted

bench-search: $(VENV)/.tested browser  ## How long the search in the browser keeps the reader waiting, on the set in DIR
	@PYTHONPATH=bench/search $(BIN)/python bench/keystrokes.py $(DIR)

bench-pages: $(VENV)/.tested font browser bench/node_modules/.ready  ## Weight and Lighthouse's scores of pages, waiting in a mapping
	@$(BIN)/python bench/pages.py

bench/node_modules/.ready: bench/package-lock.json
	@echo "Fetching Lighthouse (once) …"
	@cd bench && npm ci --ignore-scripts --silent && touch ../$@

constraints:     ## Write constraints.txt anew from what an empty environment gets
	@rm -rf $(VENV)-new && $(PYTHON) -m venv $(VENV)-new
	@$(VENV)-new/bin/python -m pip install --quiet '.[certificates,dev,import,pdf]'
	@$(VENV)-new/bin/python -m pip freeze --exclude kompetanse > constraints.txt
	@rm -rf $(VENV)-new

lock:            ## Write each package-lock.json anew, without any address
	@for folder in theme bench bench/peers bench/search $(ORACLES); do ( cd $$folder && npm install --package-lock-only --ignore-scripts --silent && \
	  node -e 'const lock = require("./package-lock.json"); for (const one of Object.values(lock.packages)) { delete one.funding; delete one.resolved }; fs.writeFileSync("package-lock.json", JSON.stringify(lock, null, 2) + "\n")' ) || exit 1; done

clean:           ## Remove what can be made again
	@rm -rf site dist $(VENV) $(FONT) $(SIGNED) theme/node_modules bench/.peers bench/node_modules bench/search/node_modules $(addsuffix /node_modules,$(ORACLES)) .pytest_cache .mypy_cache .ruff_cache
