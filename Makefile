# Two commands do everything: `make demo` and `make test`. Both set up the virtual environment first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint types unit screenshots bench bench-night accuracy fuzz lock clean

demo: $(READY)
	$(BIN)/minutebook --data demo-data demo

test: lint types unit

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# mypy must see this folder under the name it is installed by.
types: $(READY)
	mkdir -p $(VENV)/typing && ln -sfn ../.. $(VENV)/typing/minutebook
	cd $(VENV)/typing && ../bin/mypy --config-file minutebook/pyproject.toml -p minutebook

# Most tests wait for something: three at a time take half as long, even on two cores.
unit: $(READY)
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

# Look at each page of the demo in Chromium, and keep what it shows in docs/screenshots/
screenshots: $(READY)
	MINUTEBOOK_SCREENSHOTS=docs/screenshots $(BIN)/python -m pytest tests/test_browser.py -k every_page

# Spoil papers at random for so many seconds: make fuzz SECONDS=3600
fuzz: $(READY)
	MINUTEBOOK_FUZZ_SECONDS=$(or $(SECONDS),600) $(BIN)/python -m pytest --timeout=0 tests/test_fuzz.py

bench: $(READY)
	$(BIN)/python tests/benchmarks.py 2>/dev/null > docs/benchmarks.new
	mv docs/benchmarks.new docs/benchmarks.md && cat docs/benchmarks.md

# Two nights over 300 councils, served from this machine: some twenty minutes.
bench-night: $(READY)
	$(BIN)/python tests/benchmark_night.py > docs/night.new
	mv docs/night.new docs/night.md && cat docs/night.md

# Measure anew, for docs/accuracy.md, the site and the confidence of rows:
# make accuracy GOLD=folder HELD_OUT='--held-out "One Council" --held-out "Another Council"'
accuracy: $(READY)
	$(BIN)/minutebook evaluate "$(GOLD)" $(HELD_OUT) --measured > extract/measured.new
	mv extract/measured.new extract/measured.json
	$(BIN)/minutebook evaluate "$(GOLD)" $(HELD_OUT) --markdown > docs/accuracy.new
	mv docs/accuracy.new docs/accuracy.md

lock:
	$(BIN)/pip install uv && $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) build dist *.egg-info demo-data

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Minutebook needs Python 3.11 or newer: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $(READY)
