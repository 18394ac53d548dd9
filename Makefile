# Clauselight. Two commands do everything: `make run` and `make test`. `make help` lists the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXTENSION_SOURCES := $(shell find extension/src extension/scripts extension/manifest extension/icons -type f 2>/dev/null) extension/package.json
DOWNLOAD := server/clauselight/web/downloads/clauselight-extension-chromium.zip
PORT ?= 8787
# Processes that run tests side by side. CI has two cores; of one file, browser tests stay together and in order.
WORKERS ?= 2
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run try test lint check-types test-server test-extension test-browser test-browser-again check-firefox extension schema dist browsers clean 

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

run: $(VENV)/.runtime $(DOWNLOAD) ## Build everything and start the server with the starter catalogue and the demo
	$(BIN)/clauselight serve --port $(PORT)

try: $(VENV)/.runtime $(DOWNLOAD) ## Open an installed Chromium with the extension on the demo page (needs `make run`)
	$(BIN)/clauselight try --port $(PORT)

# What they print stays together where make can do that (4.0).
TWO_AT_A_TIME = $(MAKE) --no-print-directory -j2 $(if $(filter output-sync,$(.FEATURES)),-O)

test: ## Run every check and test, browsers included
	@$(TWO_AT_A_TIME) $(VENV)/.dev $(DOWNLOAD)
	@$(MAKE) --no-print-directory browsers
	@$(TWO_AT_A_TIME) lint check-types test-extension
	@$(MAKE) --no-print-directory test-server
	@$(MAKE) --no-print-directory test-browser
	@echo "All checks and tests have passed."

lint: $(VENV)/.dev
	$(BIN)/ruff check server tests
	$(BIN)/ruff format --check server tests

check-types: $(VENV)/.dev extension/node_modules/.ready
	$(BIN)/mypy
	cd extension && npm run --silent check

test-extension: extension/node_modules/.ready
	cd extension && npm test --silent

test-server: $(VENV)/.dev $(DOWNLOAD) browsers
	$(BIN)/pytest tests --ignore=tests/e2e -n $(WORKERS) --dist worksteal

test-browser: $(VENV)/.dev $(DOWNLOAD) browsers
	$(BIN)/pytest tests/e2e -n $(WORKERS) --dist loadfile --no-loadscope-reorder || $(MAKE) --no-print-directory test-browser-again

test-browser-again:
	@echo "What failed runs once more, with nothing beside it: a busy machine can be too slow for a browser, a broken test fails again."
	$(BIN)/pytest tests/e2e --last-failed --last-failed-no-failures none

check-firefox: $(VENV)/.dev $(DOWNLOAD) ## Try the Firefox build in an installed Firefox
	PYTHONPATH=server $(BIN)/python tests/firefox_check.py

browsers: $(VENV)/.dev ## Find the browser and web server of the tests, installing what is missing where possible
	$(BIN)/python .ci/programs.py

# Benchmarks print tables, or JSON with JSON=1. DATA is a folder laid out as ../shared/data/<name>.
DATA ?= ../shared/data/anchoring
OUT ?= /tmp/clauselight-predictions.jsonl
AS_JSON := $(if $(JSON),--json)

.PHONY: screenshots bench-anchoring bench-overlay bench-extraction bench-reader bench-urls bench-server bench-analysis bench-labels bench-policies bench-agreement bench-capture bench-monitor bench-crashes bench-import bench-directory bench-disputes bench-pages model train-anchoring anchoring-vectors

bench-anchoring: $(VENV)/.dev extension/node_modules/.ready ## Accuracy and time of anchoring (DATA, OUT, IMPL=python, PEER=1)
	$(BIN)/python tests/benchmarks/anchoring.py --data $(DATA) --out $(OUT) --impl $(or $(IMPL),ts) $(if $(PEER),--peer) $(AS_JSON)

bench-overlay: $(VENV)/.dev $(DOWNLOAD) browsers ## Time of the whole overlay in Chromium against a floor
	$(BIN)/python tests/benchmarks/overlay.py $(AS_JSON)

bench-extraction: $(VENV)/.dev ## Score and time of reading pages (IN=pages.jsonl.gz, OUT)
	$(BIN)/python tests/benchmarks/extraction.py --pages $(or $(IN),../shared/data/extraction/pages_dev.jsonl.gz) --out $(OUT) $(AS_JSON)

bench-reader: $(VENV)/.dev $(DOWNLOAD) browsers ## Does the extension know a policy when it sees one, and what does it read (IN, OUT)
	$(BIN)/python tests/benchmarks/reader.py $(if $(IN),--pages $(IN)) $(if $(OUT),--out $(OUT)) $(AS_JSON)

bench-urls: $(VENV)/.dev extension/node_modules/.ready ## Matching and index, both sides
	$(BIN)/python tests/benchmarks/urls.py
	node tests/benchmarks/url_index.mjs

bench-server: $(VENV)/.dev ## Requests a second against a constant handler, at a million documents (needs wrk; takes a quarter of an hour, less again with KEEP=a folder)
	$(BIN)/python tests/benchmarks/server.py $(if $(DOCUMENTS),--documents $(DOCUMENTS)) $(if $(KEEP),--data $(KEEP)) $(AS_JSON)

bench-analysis: $(VENV)/.dev ## Time of analysing 10,000 words and memory of the server with the model (IN=pages.jsonl.gz)
	$(BIN)/python tests/benchmarks/analysis.py $(if $(IN),--pages $(IN)) $(AS_JSON)

bench-capture: $(VENV)/.dev ## A thousand local pages fetched: bounded by our manners, not by us
	$(BIN)/python tests/benchmarks/capture.py $(AS_JSON)

bench-monitor: $(VENV)/.dev ## What ten thousand documents on the due list cost while nothing is due
	$(BIN)/python tests/benchmarks/monitor.py $(AS_JSON)

bench-crashes: $(VENV)/.dev ## Two hundred processes killed while they capture (KILLS)
	$(BIN)/python tests/benchmarks/crashes.py $(if $(KILLS),--kills $(KILLS)) $(AS_JSON)

bench-import: $(VENV)/.dev ## Import of the Open Terms Archive bundle: time, memory, again, killed (KILLS)
	$(BIN)/python tests/benchmarks/open_terms_archive.py $(if $(KILLS),--kill $(KILLS)) $(AS_JSON)

bench-directory: $(VENV)/.dev ## Import of the two packs of contacts and deletion links, and what matched
	$(BIN)/python tests/benchmarks/directory.py $(AS_JSON)

bench-pages: $(VENV)/.dev ## Server time and size of the pages at a hundred thousand provisions
	$(BIN)/python tests/benchmarks/pages.py $(AS_JSON)

# Of the classifier. These read several folders of the data; the anchoring targets above read one.
model bench-policies: DATA = ../shared/data

bench-disputes: $(VENV)/.dev ## A flood of disputes: is any lost, and how does the rest of the server answer meanwhile
	$(BIN)/python tests/benchmarks/disputes.py $(AS_JSON)

bench-labels: $(VENV)/.dev ## Labels of the classifier against those of others (IN=rows.jsonl.gz, OUT)
	$(BIN)/python tests/benchmarks/labels.py --rows $(or $(IN),../shared/data/labels/dev.jsonl.gz) --out $(OUT) $(AS_JSON)

bench-policies: $(VENV)/.dev ## Labels and highlights on twelve whole policies that we read ourselves (DATA)
	$(BIN)/python tests/benchmarks/policies.py --data $(DATA) $(AS_JSON)

bench-agreement: $(VENV)/.dev ## How far two annotators of the same sentences agree
	$(BIN)/python tests/benchmarks/agreement.py $(AS_JSON)

# One thread for each sum, so that the sums, and with them the file, are the same to the byte every time.
model: $(VENV)/.train ## Train the clause classifier anew (DATA=folder with labels, extraction and anchoring)
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 PYTHONPATH=server $(BIN)/python -m training $(DATA)

train-anchoring: $(VENV)/.dev
	$(BIN)/python tests/benchmarks/anchoring_train.py --data $(DATA) --write

anchoring-vectors: $(VENV)/.dev
	$(BIN)/python tests/parity/anchoring_vectors.py --write

screenshots: $(VENV)/.dev $(DOWNLOAD) browsers ## Take the README's pictures from the running product
	$(BIN)/python tests/screenshots.py

extension: $(DOWNLOAD) ## Build the extension for both browsers

schema: $(VENV)/.dev extension/node_modules/.ready ## Write the JSON Schemas and the extension's types from the models
	$(BIN)/clauselight schema
	cd extension && npm run --silent contract

dist: $(VENV)/.dev $(DOWNLOAD) ## Build a wheel that holds the extension and the catalogue
	rm -rf dist
	$(BIN)/python -m build --wheel
	@ls dist

clean: ## Remove everything that was built (never the archive)
	rm -rf $(VENV) dist extension/dist extension/node_modules server/clauselight/web/downloads/*.zip

# As pip does for what it does not install editable: a start takes a fifth less.
COMPILED = $(BIN)/python -m compileall -q server/clauselight

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) || { echo "Python 3.11 or newer with the venv module is needed (Debian, Ubuntu: apt install python3-venv)."; exit 1; }

$(VENV)/.runtime: pyproject.toml .ci/constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --constraint .ci/constraints.txt --editable .
	@$(COMPILED)
	@touch $@

$(VENV)/.dev: pyproject.toml .ci/constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --constraint .ci/constraints.txt --editable '.[dev]'
	@$(COMPILED)
	@touch $@ $(VENV)/.runtime

$(VENV)/.train: pyproject.toml .ci/constraints.txt | $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --constraint .ci/constraints.txt --editable '.[dev,train]'
	@touch $@

extension/node_modules/.ready: extension/package.json extension/package-lock.json
	@command -v npm >/dev/null || { echo "Node.js 20 or newer with npm is needed."; exit 1; }
	cd extension && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(DOWNLOAD): extension/node_modules/.ready $(EXTENSION_SOURCES)
	cd extension && npm run --silent build
	@touch $@
