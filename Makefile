# `make demo` and `make test` bring all they need into .venv first. ARGS is passed on: make test ARGS="-k durations"
BIN := .venv/bin
# One more than there are processors: many a test waits for a server.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
CODE := rules engine reports api $(wildcard tests bench)
LOCK := pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url \
	--python-version 3.11 --custom-compile-command "make lock"

.PHONY: help setup demo serve test pages screenshots lint bench fuzz faults schemas catalogues lock clean

help:
	@echo "make setup   bring .venv to the locked versions (PYTHON=... names the interpreter)"
	@echo "make demo    decide every PDU in the shipped data and write the reports"
	@echo "make serve   serve the API on this machine (PRIORITISE_... are its settings)"
	@echo "make test    run the tests"
	@echo "make pages   look at every page in all its states in a browser: what axe finds, markup, keyboard"
	@echo "make screenshots  take the pictures of the documentation again (needs Chromium)"
	@echo "make lint    ruff and mypy"
	@echo "make bench   measure the speed"
	@echo "make fuzz    read 100,000 hostile documents, and run the property tests for longer"
	@echo "make faults  kill writers and the database server, and look whether anything is lost"
	@echo "make schemas renew the JSON Schemas and the tables of keys from the models"
	@echo "make catalogues  bring the translations up to the source (ARGS=cy begins one)"
	@echo "make lock    renew the lock files"
	@echo "make clean   remove all that make has made"

setup:
	@sh .ci/setup.sh

demo: setup
	@$(BIN)/prioritise demo $(ARGS)

serve: setup
	@$(BIN)/prioritise serve $(ARGS)

test: setup
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

# In every state; `make test` looks at each page in one.
pages: setup
	@PAGES=all $(BIN)/pytest tests/pages $(ARGS)

screenshots: setup
	@$(BIN)/python -m tests.pages.pictures

lint: setup
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/mypy --strict $(CODE)

bench: setup
	@$(BIN)/pytest bench $(ARGS)

# The profile is defined in tests/conftest.py; Hypothesis marks its tests itself. Where atheris cannot be had,
# its part is left out.
fuzz: setup
	@$(BIN)/pytest tests/fuzz --hypothesis-profile=fuzz $(ARGS)
	@$(BIN)/python -m pip install --quiet --no-deps --only-binary :all: --require-hashes -r requirements-fuzz.lock 2>/dev/null || true
	@$(BIN)/python -m tests.fuzz.atheris_target -runs=50000 -verbosity=0
	@$(BIN)/pytest -m hypothesis --hypothesis-profile=fuzz --ignore tests/fuzz $(ARGS)
	@$(BIN)/pytest tests/prove --hypothesis-profile=fuzz $(ARGS)

faults: setup
	@$(BIN)/python -m tests.faults --store sqlite --kills 500 $(ARGS)
	@$(BIN)/python -m tests.faults --store postgresql --kills 200 $(ARGS)

schemas: setup
	@$(BIN)/python -m engine.decision_schema schemas/
	@$(BIN)/python -m rules.schema.reference docs/framework-format.md

catalogues: setup
	@$(BIN)/python -m reports.language.template $(ARGS)

lock:
	@uv=$$(sh .ci/setup.sh --uv) && \
	"$$uv" $(LOCK) --group dev pyproject.toml --output-file requirements.lock >/dev/null && \
	"$$uv" $(LOCK) --constraint requirements.lock pyproject.toml --output-file requirements-run.lock >/dev/null && \
	"$$uv" $(LOCK) --group build --output-file requirements-build.lock >/dev/null && \
	"$$uv" $(LOCK) --group fuzz --output-file requirements-fuzz.lock >/dev/null

clean:
	rm -rf .venv .smoke .setup build dist *.egg-info .benchmarks .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
