# `make demo` and `make test` set everything up. Another Python: `make test PYTHON=python3.13`.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
UV := uv==0.13.9
PYTEST_ARGS ?= --numprocesses=auto --dist=loadgroup
EXAMPLE := profiles/examples/pme-plasturgie-romorantin.yaml

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1

.DELETE_ON_ERROR:
.PHONY: help setup session spark demo test lint types unit rules bench docs lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' Makefile | expand -t 8

setup: $(VENV)/.installed ## the environment alone

session: setup $(VENV)/.session ## durable-rules, for live sessions (needs a C compiler)

spark: setup $(VENV)/.spark ## Spark, for what outgrows one machine (needs Java 17 or 21)

demo: setup ## one example company, matched with the whole catalogue
	@$(BIN)/matcher match $(EXAMPLE) --on 2026-05-04
	@echo
	@echo "Et ensuite / What next :"
	@echo "  $(BIN)/matcher match $(EXAMPLE) --on 2026-05-04 --lang en"
	@echo "  $(BIN)/matcher --help"
	@echo "  docs/tree.md"

test: lint types unit rules ## everything that must hold before a change is merged
	@echo "== make test : tout est vert / all green"

lint: setup
	@echo "== ruff"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { \
	  echo "mise en forme / formatting: $(BIN)/ruff format ."; exit 1; }

types: setup
	@echo "== mypy --strict"
	@$(BIN)/mypy --no-error-summary

# Where there is no Java, the tests of Spark are skipped and say so; in CI they run or fail.
unit: setup $(VENV)/.session
	@if $(has_java) || [ "$(CI)" = true ]; then $(MAKE) --no-print-directory $(VENV)/.spark; fi
	@echo "== pytest"
	@$(BIN)/pytest --quiet $(PYTEST_ARGS)

rules: setup
	@echo "== matcher rules check, matcher rules test"
	@$(BIN)/matcher rules check
	@$(BIN)/matcher rules test --coverage --mutate

bench: setup ## measurements, run by hand: tests/benchmarks
	@$(BIN)/pytest tests/benchmarks --benchmark-only

# The site of the schemes and of the guides, in French and in English. `make docs ON=2026-11-22` says
# where the schemes stood on another day than today.
DOCS := build/docs
PAGES := build/pages
SITE := build/site

docs: setup $(DOCS)/.locked ## the site of the schemes and of the guides, in build/site
	@rm -rf $(PAGES) $(SITE)
	@$(BIN)/matcher rules docs --out $(PAGES) $(if $(ON),--on $(ON))
	@for lang in fr en; do \
	  SITE_LANG=$$lang NO_MKDOCS_2_WARNING=1 \
	    $(DOCS)/bin/mkdocs build --quiet --strict --site-dir $(SITE)/$$lang || exit 1; \
	done
	@cp docs/site/index.html $(SITE)/index.html
	@echo "$(SITE)/index.html"
	@echo "Avec la recherche / with search: $(PYTHON) -m http.server --directory $(SITE)"

# `make lock` keeps the versions that still fit; `make lock UPGRADE=--upgrade` takes the newest.
COMPILE = build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links $(UPGRADE)
LOCK = $(COMPILE) pyproject.toml

lock: ## requirements/*.lock from pyproject.toml and requirements/*.in
	@$(PYTHON) -m venv build/lock
	@build/lock/bin/pip install --quiet $(UV)
	@$(LOCK) --group dev --output-file requirements/dev.lock >/dev/null
	@$(LOCK) --constraint requirements/dev.lock --output-file requirements/runtime.lock >/dev/null
	@$(COMPILE) requirements/docs.in --output-file requirements/docs.lock >/dev/null
	@$(COMPILE) requirements/spark.in --constraint requirements/dev.lock \
	  --output-file requirements/spark.lock >/dev/null
	@echo "requirements/: dev.lock, runtime.lock, docs.lock, spark.lock"

clean: ## remove what the other targets made
	@rm -rf $(VENV) build dist .benchmarks .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ------------------------------------------------------------------------------------- environment

# Two stamps: a change of pyproject.toml costs two seconds, a change of the lock a new environment.
$(VENV)/.locked: requirements/dev.lock
	@$(check_python)
	@echo "== $(VENV) : installation des dépendances / installing dependencies"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/pip install --quiet --require-hashes --requirement requirements/dev.lock
	@touch $@

# The site has an environment of its own: what it needs never meets what the library needs.
$(DOCS)/.locked: requirements/docs.lock
	@$(check_python)
	@echo "== $(DOCS) : installation des dépendances du site / installing what the site needs"
	@$(PYTHON) -m venv --clear $(DOCS)
	@$(DOCS)/bin/pip install --quiet --require-hashes --requirement requirements/docs.lock
	@touch $@

$(VENV)/.installed: $(VENV)/.locked pyproject.toml
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# durable-rules comes as source only, written for older compilers and Pythons: the flags build it on
# those of today (not from pip's cache, where it may have been built without them). Where it is
# missing, sessions read the rules directly and say so.
SESSION_FLAGS := -DPyEval_CallObject=PyObject_CallObject \
	-Wno-error=implicit-function-declaration -Wno-error=int-conversion \
	-Wno-error=incompatible-pointer-types

$(VENV)/.session: $(VENV)/.locked requirements/session.lock
	@$(check_compiler)
	@echo "== $(VENV) : durable-rules"
	@CPPFLAGS="$(SESSION_FLAGS)" $(BIN)/pip install --quiet --no-deps --no-cache-dir \
	  --no-binary durable-rules --require-hashes --requirement requirements/session.lock
	@$(BIN)/python -c 'import durable_rules_engine'
	@touch $@

# PySpark comes as source only, 450 MB with Spark inside: a minute or two, once for an environment.
$(VENV)/.spark: $(VENV)/.locked requirements/spark.lock
	@$(check_java)
	@echo "== $(VENV) : Spark (450 Mo à télécharger la première fois / MB to download the first time)"
	@$(BIN)/pip install --quiet --no-deps --use-pep517 --require-hashes \
	  --requirement requirements/spark.lock
	@touch $@

# Spark takes the Java of JAVA_HOME, else that of the path.
has_java = version=$$("$${JAVA_HOME:+$$JAVA_HOME/bin/}java" -version 2>&1 | \
  sed -n 's/.* version "\([0-9]*\).*/\1/p'); [ "$${version:-0}" -ge 17 ] 2>/dev/null

define check_java
$(has_java) || { printf '%s\n' \
  "Il manque Java 17 ou 21, dont Spark a besoin. Sur Debian ou Ubuntu :" \
  "Java 17 or 21 is missing, which Spark needs. On Debian or Ubuntu:" \
  "  sudo apt install openjdk-17-jre-headless    (ou / or openjdk-21-jre-headless)" >&2; exit 1; }
endef

define check_compiler
say() { printf '%s\n' "$$@" >&2; exit 1; }; \
command -v cc >/dev/null || command -v gcc >/dev/null || say \
  "Il manque un compilateur C. Sur Debian ou Ubuntu : sudo apt install gcc python3-dev" \
  "A C compiler is missing. On Debian or Ubuntu: sudo apt install gcc python3-dev"; \
"$(PYTHON)" -c 'import os, sys, sysconfig; \
  sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))' || say \
  "Il manque les en-têtes de Python. Sur Debian ou Ubuntu : sudo apt install python3-dev" \
  "The Python headers are missing. On Debian or Ubuntu: sudo apt install python3-dev"
endef

define check_python
say() { printf '%s\n' "$$@" >&2; exit 1; }; \
command -v "$(PYTHON)" >/dev/null || say \
  "« $(PYTHON) » est introuvable. Sur Debian ou Ubuntu : sudo apt install python3 python3-venv" \
  "\"$(PYTHON)\" was not found. On Debian or Ubuntu: sudo apt install python3 python3-venv"; \
"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || say \
  "Python 3.11 ou plus récent est nécessaire ; « $(PYTHON) » est $$("$(PYTHON)" -V 2>&1)." \
  "Python 3.11 or later is needed; \"$(PYTHON)\" is $$("$(PYTHON)" -V 2>&1)." \
  "  sudo apt install python3 python3-venv    (Debian 12, Ubuntu 24.04 ou plus / or later)" \
  "  make $(or $(MAKECMDGOALS),test) PYTHON=/chemin/vers/python3.11"; \
"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || say \
  "Il manque le module venv de Python. Sur Debian ou Ubuntu : sudo apt install python3-venv" \
  "Python's venv module is missing. On Debian or Ubuntu: sudo apt install python3-venv"
endef
