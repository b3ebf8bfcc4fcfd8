# What one types here: `make` alone lists it.
# Kept to what GNU Make 3.81 (macOS) and any POSIX shell understand; no target builds a file of its own name.

PY ?=
UV ?= uv
WORKERS ?= 3
ARGS ?=

PYTHON = .venv/bin/python
ENVIRONMENT = PY='$(PY)' sh deploy/environment.sh
LOCK = $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml
SENTENCES_LOCK = $(subst pyproject.toml,--no-deps deploy/sentences.in,$(LOCK))
HABITS = $(wildcard tests/test_*.py)

.DEFAULT_GOAL := help
.PHONY: help run test check bench soak coverage screenshots format lock clean \
	run-environment environment

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: run-environment ## start the chat and the staff console
	@$(PYTHON) -m bot serve $(ARGS)

test: environment ## run the whole suite; ARGS="-k words" for a part of it
	@$(PYTHON) -m tests.prepared
	@$(PYTHON) -m pytest -n $(WORKERS) $(ARGS)

check: environment ## lint, types, the data's own rules, the docs against the code
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@$(PYTHON) -m bot check
	@$(PYTHON) -m pytest -q $(HABITS)

bench: environment ## measure how fast and how right we are
	@$(PYTHON) -m benchmarks $(ARGS)

soak: environment ## the long runs: many more examples, chaos, kills
	@HYPOTHESIS_PROFILE=soak $(PYTHON) -m pytest -m "soak or not soak" --timeout 3600 \
		-n $(WORKERS) $(ARGS)

coverage: environment ## run the suite in one process and print what it did not reach
	@$(PYTHON) -m coverage erase
	@$(PYTHON) -m coverage run -m pytest -q $(ARGS)
	@$(PYTHON) -m coverage combine --quiet
	@$(PYTHON) -m coverage report

screenshots: environment ## draw the pictures of the README anew
	@$(PYTHON) -m docs.screenshots

format: environment ## put the code into form
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

lock: ## bring both locks up to pyproject.toml; ARGS=--upgrade for newer versions
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	@$(LOCK) $(ARGS) -o requirements.lock
	@$(LOCK) $(ARGS) --group dev -o requirements-dev.lock
	@$(SENTENCES_LOCK) $(ARGS) -o requirements-sentences.lock

clean: ## remove the environment and all caches; the data in var/ stays
	@rm -rf .venv .venv.busy .mypy_cache .ruff_cache .pytest_cache .hypothesis htmlcov
	@rm -f .coverage .coverage.*
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

run-environment:
	@$(ENVIRONMENT) requirements.lock
	@sh deploy/sentences.sh

environment:
	@$(ENVIRONMENT) requirements-dev.lock
	@sh deploy/sentences.sh
