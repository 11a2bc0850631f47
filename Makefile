# Everything is done from here. `make demo` and `make test` need only Python 3.11 and the package
# registries; the rest follows from them.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
HOST   ?= 127.0.0.1
PORT   ?= 8000
VAR    ?=
BIN    := .venv/bin
UV     := $(BIN)/uv

# Compiled modules are kept: without them every process pays three seconds more to start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo run test check fix bench requirements lock assets messages install install-dev help

help: ## list the verbs
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: install assets messages ## start with the invented company: address and accounts are printed
	@$(BIN)/yinuo up --demo $(if $(VAR),--var $(VAR)) --host $(HOST) --port $(PORT)

run: install assets messages ## start empty: a one-time set-up code is printed
	@$(BIN)/yinuo up $(if $(VAR),--var $(VAR)) --host $(HOST) --port $(PORT)

test: check assets messages ## everything CI checks
	# A browser's event loop stays in its process, where tests that copy databases cannot run.
	@$(BIN)/pytest --numprocesses 2 tests/browser; browser=$$?; \
	$(BIN)/pytest --numprocesses 2 --dist worksteal --ignore=tests/browser && exit $$browser

check: install-dev ## lint, types, import contracts, templates
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(BIN)/djlint --check src/yinuo/surfaces
	@$(BIN)/djlint --lint src/yinuo/surfaces

fix: install-dev ## repair what tools can repair
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/djlint --reformat --quiet src/yinuo/surfaces

bench: install-dev assets messages ## measure, quick; FULL=1 for the large sizes, JSON=1 as JSON
	@$(BIN)/python -m bench $(if $(FULL),--full) $(if $(JSON),--json)

requirements: install-dev assets messages ## each requirement: proven, failing or untested; JSON=1
	@$(BIN)/python tools/requirements.py $(if $(JSON),--json)

lock: install-dev ## resolve the dependencies of pyproject.toml anew
	@$(BIN)/python tools/lock.py

assets: install
	@$(BIN)/python tools/build_assets.py

messages: install
	@$(BIN)/python tools/messages.py compile

install: .venv/.installed
install-dev: .venv/.installed-dev

# uv installs what pip would, in a tenth of the time; pip steps in where uv finds no registry.
.venv/.tools: requirements/tools.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/tools.txt
	@touch $@

.venv/.installed: .venv/.tools requirements/build.txt pyproject.toml
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/build.txt \
		|| $(BIN)/python -m pip install --quiet --require-hashes -r requirements/build.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@

.venv/.installed-dev: .venv/.installed requirements/dev.txt
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt \
		|| $(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@
