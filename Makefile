# `make run` opens Neuroloom and `make test` checks it. Both first set up whatever is missing, once.

VENV := .venv
PY := $(VENV)/bin/python
INSTALLED := $(VENV)/.installed
# Set PYTHON to choose the interpreter: make run PYTHON=python3.12
PYTHON :=
# Without a screen, and on one thread: more only fight each other over the few cores of a test machine.
HEADLESS := QT_QPA_PLATFORM=offscreen OMP_NUM_THREADS=1

# What is compiled is kept, as pip keeps it for the libraries: compiling our sources takes a third of every start.
unexport PYTHONDONTWRITEBYTECODE

# What runs side by side speaks one after the other, where make can do that.
SYNC := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
LINES := $(if $(filter output-sync,$(.FEATURES)),--output-sync=line)

.PHONY: help run test kernels pytest-graphs pytest-recommenders pytest-engine pytest-workspaces pytest-shell pytest-recommender pytest-window quick quick-engine quick-window coverage lint types pytest bench bench-recommenders translations wheel
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

quick: $(VENV)/.libraries-offscreen ## format, lint, types and the quick tests, in under a minute
	@$(MAKE) --no-print-directory -j 3 $(SYNC) quick-engine quick-window lint types

coverage: $(VENV)/.libraries-offscreen ## every test, measured: the core files stay at 100 %, branches included
	$(HEADLESS) $(PY) -m pytest -q --cov --cov-report=
	$(PY) -m tools.core_coverage

lint: $(INSTALLED) ## ruff: rules and format
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: $(INSTALLED) ## mypy, strict
	$(PY) -m mypy

pytest: $(VENV)/.libraries-offscreen ## every test, without a screen
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
	$(HEADLESS) $(PY) -m tests.bench

bench-recommenders: $(VENV)/.libraries-offscreen ## the recommenders: quality beside other models, speed, memory
	$(HEADLESS) $(PY) -m tests.bench.recommenders

translations: $(INSTALLED) ## collect the strings of app/ and engine/, compile the translation
	$(PY) -m tools.gather_strings > $(VENV)/strings.py
	$(VENV)/bin/pyside6-lupdate $(VENV)/strings.py -locations none -no-obsolete \
		-source-language en -target-language zh_CN -ts assets/translations/neuroloom_zh_CN.ts
	@rm -f $(VENV)/strings.py
	$(VENV)/bin/pyside6-lrelease assets/translations/neuroloom_zh_CN.ts \
		-qm assets/translations/neuroloom_zh_CN.qm

wheel: $(INSTALLED) ## build dist/*.whl
	$(PY) -m pip wheel --no-deps --wheel-dir dist .

# ---- Set-up: shell functions first; each recipe below evaluates them ---------------------------------------

define SETUP
stop() { echo "neuroloom: $$*" >&2; exit 1; }

# fits PYTHON: is it an interpreter of a version that every dependency has wheels for?
fits() { "$$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

# install_packages WHY PACKAGE...: by apt-get if there is one and we may use it, else say what to run.
install_packages() {
    why=$$1; shift
    command -v apt-get >/dev/null || stop "$$why Install what gives them on your system, then call make again."
    if [ "$$(id -u)" = 0 ]; then may=env
    elif sudo -n true 2>/dev/null; then may="sudo -n env"
    else stop "$$why Run this, then call make again: sudo apt-get update && sudo apt-get install -y $$*"
    fi
    echo "neuroloom: $$why Installing $$*"
    $$may apt-get update -q || echo "neuroloom: apt-get update failed; going on with the lists at hand." >&2
    $$may DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$$@" ||
        stop "$$why They could not be installed. Run this, then call make again: apt-get install -y $$*"
}

# lacking PLATFORM COLUMN: what Qt lacks to run on this platform: 1 the shared libraries, 2 Debian's packages of them.
lacking() { $(PY) -P -m app.kit.qt_start "$$1" | cut -d ' ' -f "$$2" | paste -sd ' ' -; }
endef
export SETUP

$(INSTALLED): pyproject.toml
	@eval "$$SETUP"; \
	python=; for each in $(or $(PYTHON),python3 python3.13 python3.12 python3.11); do \
		if fits $$each; then python=$$each; break; fi; done; \
	[ -n "$$python" ] || stop "Python 3.11, 3.12 or 3.13 is needed, and $(or $(PYTHON),python3) is" \
		"$$($(or $(PYTHON),python3) --version 2>/dev/null || echo missing); install one, or name one: make run PYTHON=python3.12"; \
	$$python -c 'import ensurepip, venv' 2>/dev/null || install_packages "$$python cannot make virtual environments." \
		"python$$($$python -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"; \
	if fits $(PY) && $(PY) -m pip --version >/dev/null 2>&1; then :; else \
		echo "neuroloom: setting up $(VENV) with $$python"; $$python -m venv --clear $(VENV); fi || \
		stop "$$python could not make $(VENV)."; \
	echo "neuroloom: installing the dependencies, once; torch is large"; \
	$(PY) -m pip install --disable-pip-version-check -e '.[dev]' || \
		stop "the dependencies could not be installed; pip says why above. Call make again to go on."
	@touch $@

$(VENV)/.libraries-%: $(INSTALLED)
	@eval "$$SETUP"; \
	if [ "$$(uname)" = Linux ]; then \
		missing=$$(lacking $* 1); \
		[ -z "$$missing" ] || install_packages "Qt lacks $$missing." $$(lacking $* 2); \
		missing=$$(lacking $* 1); \
		[ -z "$$missing" ] || stop "Qt still lacks $$missing."; \
	fi
	@touch $@
