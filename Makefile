# Daig. The two commands that matter: `make run` and `make test`.

BIN := .venv/bin
SERVICES := $(BIN)/python tests/services.py --
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-header

.PHONY: run test bench lint fmt lock messages screenshots architecture clean install

# The lab ends with make, even when make is killed.
TIED := $(shell command -v setpriv >/dev/null && echo setpriv --pdeathsig TERM)

run:
	@scripts/install runtime
	@$(TIED) $(BIN)/python scripts/run_lab.py

test: install
	@$(SERVICES) scripts/test

bench: install
	@$(SERVICES) $(BIN)/python -m benchmarks

lint: install
	@scripts/lint

fmt: install
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .
	@find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

lock:
	@test -x $(BIN)/uv || scripts/install dev
	@$(LOCK) pyproject.toml -o requirements.txt
	@$(LOCK) --group dev pyproject.toml -o requirements-dev.txt

# Collects the texts into locale/de and says which lack their German.
messages: install
	@$(BIN)/python scripts/messages.py
	@$(BIN)/python scripts/compile_messages.py

# Pictures of the pages for docs/screenshots, of a lab that is thrown away.
screenshots: install
	@$(BIN)/python scripts/screenshots.py

# The figures in docs/architecture.md.
architecture: install
	@$(BIN)/python scripts/architecture.py

install:
	@scripts/install dev

# Leaves the lab's own data (var/) alone.
clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache \
		.grimp_cache .hypothesis staticfiles
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete 2>/dev/null || true
