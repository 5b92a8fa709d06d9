# `make run` and `make test` do all set-up themselves; `make help` lists the rest.

PYTHON ?= python3
V := .venv/bin
LOCK := $(V)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url

.PHONY: run code test planted bench lock lint format messages clean help
.DEFAULT_GOAL := help

run: .venv/installed  ## prepare everything and serve the registry at 127.0.0.1 (PORT=8000)
	@$(V)/python -m sistercities.local

code: .venv/installed  ## the second step of the demo's office logins, in place of a telephone
	@$(V)/python -m sistercities.local code

test: .venv/installed-dev  ## linters, checks, the suite on SQLite and PostgreSQL, browser tests
	@$(V)/python -m tests

planted: .venv/installed-dev  ## does the suite see the faults that are kept in tests/planted? some minutes
	@$(V)/python -m tests.planted

bench: .venv/installed-dev  ## measure speed and memory beside two yardsticks, print ratios
	@$(V)/python -m tests.bench

lint: .venv/installed-dev  ## linters, translations, migrations and settings only
	@$(V)/python -m tests lint messages migrations deploy

format: .venv/installed-dev  ## put Python files into shape
	@$(V)/ruff check --fix --quiet .; $(V)/ruff format --quiet .

messages: .venv/installed-dev  ## gather the texts of the interface into locale/, compile them
	@SECRET_KEY=unused $(V)/python manage.py messages
	@SECRET_KEY=unused $(V)/python manage.py messages --compile

lock: .venv/uv  ## write requirements*.txt anew from pyproject.toml (add ARGS=--upgrade for newer ones)
	@$(LOCK) $(ARGS) pyproject.toml --output-file requirements.txt
	@$(LOCK) $(ARGS) pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt
	@$(LOCK) $(ARGS) --group uv --output-file requirements-uv.txt

clean:  ## remove the virtual environment and what can be built again; var/db.sqlite3 stays
	@rm -rf .venv .pytest_cache .ruff_cache .hypothesis var/static var/static.collected static/fonts
	@find . -name __pycache__ -prune -exec rm -rf {} + ; find locale -name '*.mo' -delete

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

# Set-up. Each stamp is newer than the lock file that it was made from.
$(V)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) -V)."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing: apt-get install python3-venv"; exit 1; }
	@echo "Making the virtual environment in .venv …"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/uv: requirements-uv.txt | $(V)/python
	@$(V)/python -m pip install --quiet --require-hashes -r $< || echo "uv cannot be installed here; pip will do."
	@touch $@

.venv/installed: LIST := requirements.txt
.venv/installed-dev: LIST := requirements-dev.txt
.venv/installed: requirements.txt .venv/uv
.venv/installed-dev: requirements-dev.txt .venv/uv
.venv/installed .venv/installed-dev:
	@echo "Installing $(LIST) …"
	@$(V)/uv pip install --quiet --compile-bytecode --python $(V)/python --require-hashes -r $(LIST) 2>/dev/null \
		|| $(V)/python -m pip install --quiet --require-hashes -r $(LIST)
	@touch $@
