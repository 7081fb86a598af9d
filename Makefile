# `make run` opens Neuroloom and `make test` checks it. Both first set up whatever is missing, once.

VENV := .venv
PY := $(VENV)/bin/python
EXTRA := dev
INSTALLED := $(VENV)/.installed
# Set PYTHON to choose the interpreter: make run PYTHON=python3.12
PYTHON :=
# Without a screen, and on one thread: more only fight each other over the few cores of a test machine.
HEADLESS := QT_QPA_PLATFORM=offscreen OMP_NUM_THREADS=1

# What `make bundle` leaves out: TORCH=0, and MOVIELENS=0, which may not be used commercially. A bundle is built of exactly
# what it is to carry, so that its environment is its own.
export TORCH MOVIELENS
comma := ,
BUNDLE_EXTRA := bundle$(if $(filter 0,$(TORCH)),,$(comma)torch)
BUNDLE_VENV := .venv-bundle$(TORCH)

# What is compiled is kept, as pip keeps it for the libraries: compiling our sources takes a third of every start.
unexport PYTHONDONTWRITEBYTECODE

# What runs side by side speaks one after the other, where make can do that.
SYNC := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
LINES := $(if $(filter output-sync,$(.FEATURES)),--output-sync=line)

.PHONY: help run test test-base kernels pytest-graphs pytest-recommenders pytest-engine pytest-workspaces pytest-shell pytest-recommender pytest-window quick quick-engine quick-window coverage lint types pytest bench bench-recommenders schema translations bundle bundle-test wheel install-test
.DEFAULT_GOAL := help

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-19s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.libraries-xcb ## open the window
	@$(PY) -P -m app

# Four at a time: while two wait for a child, a thread or the disk, two cores have the others to do. First what can do
# without the kernels, then the longest.
test: $(VENV)/.libraries-offscreen ## lint, types and every test
	@$(MAKE) --no-print-directory -j 4 $(LINES) pytest-recommenders types pytest-engine pytest-graphs \
		pytest-workspaces pytest-window pytest-recommender pytest-shell lint

test-base: ## the tests that need no PyTorch, in .venv-base, where it isn't installed
	@$(MAKE) --no-print-directory VENV=.venv-base EXTRA=test kernels pytest

quick: $(VENV)/.libraries-offscreen ## format, lint, types and the quick tests, in under a minute
	@$(MAKE) --no-print-directory -j 3 $(SYNC) quick-engine quick-window lint types

coverage: $(VENV)/.libraries-offscreen kernels ## every test, measured: the core files stay at 100 %, branches included
	$(HEADLESS) $(PY) -m pytest -q --cov --cov-report=
	$(PY) -m tools.core_coverage

lint: $(INSTALLED) ## ruff: rules and format
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: $(INSTALLED) ## mypy, strict
	$(PY) -m mypy

pytest: $(VENV)/.libraries-offscreen kernels ## every test, without a screen
	$(HEADLESS) $(PY) -m pytest -q

# All tests in parts, of which none is so long that a core has nothing to do at the end. Each costs its imports. Parts
# that train find the kernels compiled: beside each other they would compile them twice.

kernels: $(INSTALLED) ## compile the kernels that train, once for each state of their sources
	@$(PY) -P -m engine warm

pytest-engine pytest-graphs pytest-workspaces pytest-window pytest-recommender pytest-shell quick-engine quick-window: kernels

pytest-engine: $(VENV)/.libraries-offscreen
	$(HEADLESS) $(PY) -m pytest -q --ignore tests/app --ignore tests/engine/recommenders

pytest-recommenders: $(VENV)/.libraries-offscreen
	$(HEADLESS) $(PY) -m pytest -q tests/engine/recommenders

WORKSPACES := tests/app/workspaces
GRAPHS := $(WORKSPACES)/playground $(WORKSPACES)/scalar_graph

pytest-graphs: $(VENV)/.libraries-offscreen
	$(HEADLESS) $(PY) -m pytest -q $(GRAPHS)

pytest-recommender: $(VENV)/.libraries-offscreen
	$(HEADLESS) $(PY) -m pytest -q $(WORKSPACES)/recommender

pytest-workspaces: $(VENV)/.libraries-offscreen
	$(HEADLESS) $(PY) -m pytest -q $(WORKSPACES) $(addprefix --ignore ,$(GRAPHS) $(WORKSPACES)/recommender)

pytest-window: $(VENV)/.libraries-offscreen
	$(HEADLESS) $(PY) -m pytest -q tests/app --ignore tests/app/workspaces --ignore tests/app/shell

pytest-shell: $(VENV)/.libraries-offscreen
	$(HEADLESS) $(PY) -m pytest -q tests/app/shell

QUICK := $(HEADLESS) $(PY) -m pytest -q -m "not slow and not process"

quick-engine: $(VENV)/.libraries-offscreen
	$(QUICK) --ignore tests/app

quick-window: $(VENV)/.libraries-offscreen
	$(QUICK) tests/app

bench: $(VENV)/.libraries-offscreen ## the speed table: ratios taken in one run
	$(HEADLESS) $(PY) -m checks.bench

bench-recommenders: $(VENV)/.libraries-offscreen ## the recommenders: quality beside other models, speed, memory
	$(HEADLESS) $(PY) -m checks.bench.recommenders

schema: $(INSTALLED) ## write the JSON Schema of network files
	$(PY) -P -m engine schema > assets/schema/network-5.json

translations: $(INSTALLED) ## collect the strings of app/ and engine/, compile the translation
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && strings="$$folder/strings.py" && \
	$(PY) -m tools.gather_strings > "$$strings" && \
	if [ ! -s "$$strings" ]; then echo "no strings were gathered; the translation is as it was" >&2; exit 1; fi && \
	$(VENV)/bin/pyside6-lupdate "$$strings" -locations none -no-obsolete \
		-source-language en -target-language zh_CN -ts assets/translations/neuroloom_zh_CN.ts
	$(VENV)/bin/pyside6-lrelease assets/translations/neuroloom_zh_CN.ts \
		-qm assets/translations/neuroloom_zh_CN.qm

bundle: ## a folder and an archive that run without Python; TORCH=0, MOVIELENS=0 leave them out
	@$(MAKE) --no-print-directory VENV=$(BUNDLE_VENV) EXTRA=$(BUNDLE_EXTRA) $(BUNDLE_VENV)/.installed
	$(BUNDLE_VENV)/bin/python -m tools.bundle.build

bundle-test: ## try the bundle without a network, a home or a place to write
	$(BUNDLE_VENV)/bin/python -m tools.bundle.smoke

wheel: $(INSTALLED) ## build dist/*.whl
	@rm -rf build  # setuptools would pack what earlier sources have left there
	$(PY) -m pip wheel --no-deps --wheel-dir dist .

install-test: $(INSTALLED) ## try each way in from nothing: pip, pipx, uv; downloads much
	$(PY) -m tools.install_test

# ---- Set-up ------------------------------------------------------------------------------------------------

# The first interpreter of a version that every dependency has wheels for, as pyproject.toml says.
REQUIRED := $(shell sed -n 's/^requires-python = "\(.*\)"/\1/p' pyproject.toml)
CANDIDATES := $(or $(PYTHON),python3 python3.13 python3.12 python3.11)

$(INSTALLED): pyproject.toml
	@for each in $(CANDIDATES); do \
		if "$$each" -m tools.set_up --fits 2>/dev/null; then exec "$$each" -m tools.set_up $(VENV) $(EXTRA); fi; done; \
	echo "neuroloom: Python $(REQUIRED) is needed, and $(firstword $(CANDIDATES)) is" \
		"$$($(firstword $(CANDIDATES)) --version 2>/dev/null || echo missing);" \
		"install one, or name one: make run PYTHON=python3.12" >&2; exit 1
	@touch $@

$(VENV)/.libraries-%: $(INSTALLED)
	@[ "$$(uname)" != Linux ] || $(PY) -m tools.set_up --libraries $*
	@touch $@
