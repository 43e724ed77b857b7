# The course's commands. `make` alone prints them; README.md has the same in plain pip and conda lines.

ifeq ($(OS),Windows_NT)
PYTHON ?= python
BIN := .venv/Scripts
# Git's bash must not take /lab/tree/... for a path of this machine.
export MSYS_NO_PATHCONV := 1
else
PYTHON ?= python3
BIN := .venv/bin
endif

# More for JupyterLab, such as make lab LAB_OPTIONS="--no-browser --port 8890".
LAB_OPTIONS ?=
# More for pytest, such as make test TEST_OPTIONS="-k softmax".
TEST_OPTIONS ?=
# How many faults make faults plants, drawn anew each time (empty: all of them), and the seed of a draw to repeat.
FAULTS ?=
SEED ?=
# How many test processes run side by side; each computes on one thread, so that they do not fight for cores.
JOBS ?= 2
ONE_THREAD := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1

.PHONY: help lab test lint test-torch test-cluster test-saving faults browser speed table notebooks slides clean
.DEFAULT_GOAL := help

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

lab: .venv/.installed ## open JupyterLab on the main lesson
	$(BIN)/python -m jupyterlab --LabApp.default_url=/lab/tree/notebooks/OwnFramework.ipynb $(LAB_OPTIONS)

test: lint ## run all tests: the code's, and the notebooks against their saved outputs
	$(ONE_THREAD) $(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder \
		--nbval --nbval-current-env --nbval-cell-timeout=120 $(TEST_OPTIONS)

lint: .venv/.installed ## check the style of code and notebooks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

test-torch: .venv/.torch ## compare the framework and its exports with PyTorch and ONNX Runtime, live
	$(ONE_THREAD) $(BIN)/python -m pytest -n $(JOBS) tests/torch $(TEST_OPTIONS)

test-cluster: .venv/.cluster ## search settings on a cluster, and train on data larger than memory (needs Linux)
	$(ONE_THREAD) $(BIN)/python -m pytest tests/cluster $(TEST_OPTIONS)

test-saving: .venv/.installed ## kill 500 saves halfway, load 5,000 damaged files (not on Windows)
	$(ONE_THREAD) $(BIN)/python tests/saving/kill.py
	$(ONE_THREAD) $(BIN)/python tests/saving/damage.py

faults: .venv/.installed ## plant faults in copies of code and notebooks: a test must fail on each (FAULTS=10: on a sample)
	$(ONE_THREAD) PYTHONPATH=tests/notebooks $(BIN)/python tests/faults/run.py --jobs $(JOBS) \
		$(if $(FAULTS),--sample $(FAULTS)) $(if $(SEED),--seed $(SEED))

browser: .venv/.browser ## run the notebooks in JupyterLab in a real browser (needs Chromium)
	$(ONE_THREAD) $(BIN)/python -m pytest tests/browser $(TEST_OPTIONS)

speed: .venv/.torch .venv/.browser .venv/.cluster ## measure training against other libraries and on two workers, and the explorers in a browser
	$(BIN)/python tests/speed/compare.py
	$(BIN)/python tests/speed/cluster.py
	$(BIN)/python tests/browser/speed.py

table: .venv/.installed ## train the nets of the historic MNIST table, and write lab/RESULTS.md (20 minutes)
	$(BIN)/python lab/table.py

notebooks: .venv/.installed ## execute the notebooks and save their outputs
	$(BIN)/python tests/notebooks/execute.py

slides: .venv/.installed ## turn the notebooks into slides for a class, in the folder slides
	$(BIN)/jupyter nbconvert --to slides --output-dir slides --SlidesExporter.reveal_scroll=True \
		--SlidesExporter.reveal_width=1440 --SlidesExporter.reveal_height=1000 notebooks/*.ipynb lab/*.ipynb

clean: ## remove what these commands made (your my_framework.py stays)
	rm -rf .venv build dist mlpkit.egg-info .pytest_cache .ruff_cache .hypothesis screenshots slides

# Stamp files: what is installed once is not installed again, so the second run needs no network.
# Importing the font manager lets Matplotlib look at this machine's fonts now, not in a first lesson.
.venv/.installed: pyproject.toml requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -r requirements.txt
	$(BIN)/python -c "import matplotlib.font_manager"
	@touch $@

.venv/.torch: .venv/.installed
	$(BIN)/python -m pip install torch==2.13.0 "onnx>=1.17" "onnxruntime>=1.20"
	@touch $@

.venv/.cluster: .venv/.installed
	$(BIN)/python -m pip install -e ".[cluster]"
	@touch $@

.venv/.browser: .venv/.installed
	$(BIN)/python -m pip install "playwright>=1.50" "axe-playwright-python>=0.1.4"
	@touch $@
