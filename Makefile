# What a newcomer types. `make help` lists it; everything lands in .venv, var and out inside this folder.
.DEFAULT_GOAL := help
.PHONY: help setup demo test up down clean format lint types evaluate train checker bench lock

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --only-binary :all:
CODE := dags plugins tests bench

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(BIN)/uv: requirements-uv.txt
	@echo "making .venv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "error: $(PYTHON) is not Python 3.11: set PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@touch $@

.venv/run: $(BIN)/uv requirements.txt pyproject.toml
	@echo "installing the pinned packages (about a minute the first time)"
	@$(INSTALL) -r requirements.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: .venv/run requirements-dev.txt
	@echo "installing the packages for tests and checks"
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

setup: .venv/dev ## install everything into .venv

demo: .venv/run ## run the whole way on the recorded edition, mail included, on this machine alone
	@$(BIN)/sanctions-monitor demo

test: .venv/dev ## run the whole test suite
	@$(BIN)/pytest --numprocesses 2 --dist loadfile

up: .venv/run ## start Airflow and its web UI at localhost:8080 (DEMO=1: fed from the recorded edition)
	@exec $(BIN)/sanctions-monitor up $(if $(DEMO),--demo)

down: .venv/run ## stop what `make up` started
	@$(BIN)/sanctions-monitor down

clean: ## remove .venv, the database, everything written (run `make down` first)
	@rm -rf .venv var out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache plugins/*.egg-info

format: .venv/dev ## format Python and SQL
	@$(BIN)/ruff check --quiet --fix-only $(CODE)
	@$(BIN)/ruff format $(CODE)
	@$(BIN)/sqlfluff fix --quiet sql

lint: .venv/dev ## check style, room order, SQL
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/lint-imports
	@$(BIN)/sqlfluff lint sql

types: .venv/dev ## check types
	@$(BIN)/mypy

evaluate: .venv/dev ## score the coder on the labelled items
	@$(BIN)/python bench/evaluation/evaluate.py

train: .venv/dev ## teach the coder's network anew
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements-train.in
	@PYTHONPATH=bench/evaluation $(BIN)/python bench/training/train.py

checker: .venv/dev ## fetch the Nu HTML checker (npm, Java) for the test that uses it
	@mkdir -p .venv/vnu && cd .venv/vnu && npm pack --silent vnu-jar@26.9.27 >/dev/null && tar xzf vnu-jar-26.9.27.tgz

bench: .venv/dev ## measure speed
	@$(BIN)/python bench/walk.py

lock: $(BIN)/uv ## pin and hash the requirements anew
	@$(BIN)/uv pip compile --quiet --generate-hashes --python-version 3.11 --only-binary :all: requirements-uv.in -o requirements-uv.txt
	@$(BIN)/uv pip compile --quiet --generate-hashes --python-version 3.11 --only-binary :all: requirements.in -o requirements.txt
	@$(BIN)/uv pip compile --quiet --generate-hashes --python-version 3.11 --only-binary :all: requirements-dev.in -o requirements-dev.txt
