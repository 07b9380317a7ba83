# Two commands do all: make serve, make test. See README.md.
PYTHON ?= python3
PORT ?= 8000
# Another registry folder than ./registry, for example one made by `huiyin import`.
REGISTRY ?= registry
N ?= 1000
BIN := .venv/bin
READY := .venv/.ready

export NO_MKDOCS_2_WARNING := 1
export HUIYIN_REGISTRY := $(REGISTRY)
export PYTHONUTF8 := 1

.PHONY: help serve site test check prove bench bench-verbs bench-search bench-signals bench-projection bench-opendata setup lock fmt forms screenshots clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(READY)  ## create .venv with the locked dependencies

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "huiyin needs Python 3.11 or newer; call: make PYTHON=/path/to/python3.11 …")'
	@echo "Setting up .venv (once; again only when requirements.lock changes) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

serve: $(READY)  ## build the site and serve it on 127.0.0.1 (PORT=8000, REGISTRY=registry)
	@$(BIN)/huiyin serve --port $(PORT)

site: $(READY)  ## build the site into build/site (REGISTRY=registry)
	@$(BIN)/huiyin build

check: $(READY)  ## lint, strict types, the workflows and forms, and the registry itself
	@$(BIN)/ruff check scripts tests
	@$(BIN)/ruff format --check --quiet scripts tests
	@$(BIN)/mypy
	@$(BIN)/zizmor --offline --quiet --no-progress .github
	@$(BIN)/actionlint
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms \
	  $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	@$(BIN)/check-jsonschema --quiet --check-metaschema schema/*.schema.json
	@$(BIN)/huiyin check --quiet
	@$(BIN)/huiyin fmt --check

test: check  ## everything that guards a change
	@$(BIN)/pytest -n 2 -m "not prove"

prove: $(READY)  ## the long proofs
	@$(BIN)/pytest -n 2 -m prove

bench: $(READY)  ## what a site of N generated proposals takes, ours and other builders' (N=1000)
	@$(BIN)/python tests/bench_site.py $(N)

bench-verbs: $(READY)  ## time and memory of the other verbs on a generated registry (N=1000)
	@$(BIN)/python tests/bench.py $(N)

bench-search: $(READY)  ## search on N generated proposals: time, bytes a query, recall (N=1000)
	@$(BIN)/python tests/bench_search.py $(N)

bench-signals: $(READY)  ## count N invented complaints: time and memory (N=1000)
	@$(BIN)/python tests/bench_signals.py $(N)

bench-projection: $(READY)  ## projection of N generated proposals: the first run, and one changed (N=1000)
	@$(BIN)/python tests/bench_projection.py $(N)

bench-opendata: $(READY)  ## interface, downloads, feeds and calendars of N generated proposals (N=1000)
	@$(BIN)/python tests/bench_opendata.py $(N)

fmt: $(READY)  ## format the code and the registry
	@$(BIN)/ruff format --quiet scripts tests
	@$(BIN)/huiyin fmt

forms: $(READY)  ## make the forms of the git host from schema and registry
	@$(BIN)/huiyin form --templates .github/ISSUE_TEMPLATE

screenshots: $(READY)  ## pictures of each page type into build/screenshots
	@$(BIN)/python tests/browser/screenshots.py

lock:  ## renew requirements.lock (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" -o requirements.lock --upgrade

clean:  ## remove what was generated
	rm -rf build .venv
