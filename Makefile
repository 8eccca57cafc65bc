# Two commands: `make run` and `make test`. Everything is installed into this folder; a second run installs nothing.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin
STAMPS := .venv/stamps

.PHONY: run dev test check bench prove lock wheel install install-dev
.DEFAULT_GOAL := run

# Without compiled modules every server and every test process would compile the house anew.
unexport PYTHONDONTWRITEBYTECODE

# No shell between make and the server, so that a signal to make's child stops the server itself.
run dev: export MORGEN_DEMO ?= true

run: install
	@$(BIN)/morgen serve --host $(HOST) --port $(PORT)

dev: install-dev
	@$(BIN)/morgen dev --host $(HOST) --port $(PORT)

# Browsers and the other tests each in their own process: Playwright keeps an event loop of its own. The others wait more
# than they reckon, so three at a time on two cores.
test: install-dev $(STAMPS)/machine
	$(BIN)/python -m pytest -n 3 --dist loadgroup -m "not browser and not prove"
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "browser and not prove"

check: install-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m app.house.locks --check

bench: install-dev
	$(BIN)/python -m tests.bench

prove: install-dev $(STAMPS)/machine
	$(BIN)/python -m pytest -o faulthandler_timeout=600 -m "prove and not browser"
	$(BIN)/python -m pytest -m "prove and browser"

wheel: install-dev
	$(BIN)/uv build --wheel --quiet

lock: install-dev
	$(BIN)/python -m app.house.locks

install: $(STAMPS)/run $(STAMPS)/front
install-dev: $(STAMPS)/dev $(STAMPS)/front

$(STAMPS)/venv:
	@sh .ci/venv "$(PYTHON)"
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: requirements/run.txt | $(STAMPS)/venv
	@echo "Installing what Morgen needs ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m app.house.command
	@touch $@

$(STAMPS)/dev: requirements/dev.txt $(STAMPS)/run
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(STAMPS)/front: package-lock.json $(STAMPS)/run
	@$(BIN)/python -m app.house.vendor
	@touch $@

$(STAMPS)/machine: .ci/machine $(STAMPS)/dev
	@sh .ci/machine $(BIN)/python
	@touch $@
