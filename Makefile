# The course's commands. `make` alone prints them; README.md has the same in plain pip and conda lines.

ifeq ($(OS),Windows_NT)
PYTHON ?= python
BIN := .venv/Scripts
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
# How often test-repeated runs the notebooks.
RUNS ?= 50
# Whose mutants make mutants tries, such as "optim net" (empty: of all six files).
MUTANTS ?=
# How many test processes run side by side; each computes on one thread, so that they do not fight for cores.
JOBS ?= 2
# Left out with the oldest versions: tests of the course's own texts and checks, which no version of a
# package changes, and the long one of memory.
NOT_WITH_OLDEST := $(addprefix --ignore=tests/,notebooks test_checks.py test_mistakes.py test_project.py \
	test_report.py test_lab.py test_translate.py test_translations.py test_messages.py test_faults.py \
	test_desk.py test_table.py test_quizzes.py test_honest.py test_memory.py test_mutants.py)
ONE_THREAD := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1

.PHONY: help lab test lint test-languages test-torch test-cluster test-saving test-routes test-oldest test-kernels test-repeated coverage properties faults mutants browser i18n speed table notebooks slides clean
.DEFAULT_GOAL := help

help: ## print this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' Makefile

lab: .venv/.installed ## open JupyterLab on your own copies of the lessons, in my_course
	$(BIN)/python -m mlpkit.desk $(LAB_OPTIONS)

test: lint ## run all tests: the code's, and the notebooks against their saved outputs
	$(ONE_THREAD) $(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder \
		--nbval --nbval-current-env --nbval-cell-timeout=120 $(TEST_OPTIONS)

lint: .venv/.installed ## check the style of code and notebooks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

test-languages: .venv/.installed ## run the editions in other languages against their saved outputs
	$(ONE_THREAD) $(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder \
		--nbval --nbval-current-env --nbval-cell-timeout=120 tests/test_translations.py \
		$(foreach language,fa te th,notebooks/$(language) lab/$(language)) $(TEST_OPTIONS)

i18n: .venv/.installed ## bring catalogs and editions in other languages up to date, and check them
	$(BIN)/python -m mlpkit.i18n.translate update
	$(BIN)/python -m mlpkit.i18n.translate build
	$(BIN)/python tests/notebooks/execute.py --unexecuted
	$(BIN)/python lab/table.py --pictures
	$(BIN)/python -m mlpkit.i18n.translate check

test-torch: .venv/.torch ## compare the framework and its exports with PyTorch and ONNX Runtime, live
	$(ONE_THREAD) $(BIN)/python -m pytest -n $(JOBS) tests/torch $(TEST_OPTIONS)

test-cluster: .venv/.cluster ## search settings on a cluster, and train on data larger than memory (needs Linux)
	$(ONE_THREAD) $(BIN)/python -m pytest tests/cluster $(TEST_OPTIONS)

test-saving: .venv/.installed ## kill 500 saves halfway, load 5,000 damaged files (not on Windows)
	$(ONE_THREAD) $(BIN)/python tests/saving/kill.py
	$(ONE_THREAD) $(BIN)/python tests/saving/damage.py

test-routes: .venv/.installed ## install and open the course as README.md says, then without network (Linux, macOS)
	$(BIN)/python -m pytest tests/routes $(TEST_OPTIONS)

test-oldest: .venv/oldest/.installed ## run the lessons and the tests with the oldest versions that we admit (Linux, macOS)
	$(ONE_THREAD) .venv/oldest/bin/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder \
		--nbval --nbval-current-env --nbval-cell-timeout=120 notebooks/*.ipynb lab/*.ipynb tests \
		$(NOT_WITH_OLDEST) $(TEST_OPTIONS)

test-kernels: .venv/.installed ## compare the lessons under the BLAS kernels of other processors (15 minutes)
	$(BIN)/python tests/notebooks/processors.py -- $(TEST_OPTIONS)

properties: .venv/.installed ## try what holds for every input on ten times as many examples, new ones each time (4 minutes)
	$(ONE_THREAD) $(BIN)/python -m pytest -n $(JOBS) --hypothesis-profile=new tests/test_properties.py $(TEST_OPTIONS)

faults: .venv/.installed ## plant faults in copies of code and notebooks: a test must fail on each (FAULTS=10: on a sample)
	$(ONE_THREAD) PYTHONPATH=tests/notebooks $(BIN)/python tests/faults/run.py --jobs $(JOBS) \
		$(if $(FAULTS),--sample $(FAULTS)) $(if $(SEED),--seed $(SEED))

coverage: .venv/.coverage ## which lines and branches the tests run: at least 98 and 95 percent (15 minutes)
	$(ONE_THREAD) $(BIN)/python -m pytest -n $(JOBS) --dist loadfile --cov=mlpkit --cov-branch \
		--cov-report=term-missing:skip-covered --cov-report=json:.venv/coverage.json tests $(TEST_OPTIONS)
	$(BIN)/python tests/coverage_limits.py .venv/coverage.json

test-repeated: .venv/.installed ## run all notebooks again and again, 50 times, to see whether they ever differ (an hour)
	$(BIN)/python tests/notebooks/repeat.py --runs $(RUNS)

mutants: .venv/.installed ## change the framework in every small way: tests must notice 90 % (slow)
	$(ONE_THREAD) $(BIN)/python tests/mutants/score.py --jobs $(JOBS) $(MUTANTS)

browser: .venv/.browser ## run the notebooks in JupyterLab in a real browser (needs Chromium)
	$(ONE_THREAD) $(BIN)/python -m pytest -n $(JOBS) --dist loadfile tests/browser $(TEST_OPTIONS)

speed: .venv/.torch .venv/.browser .venv/.cluster ## measure training against other libraries and on two workers, and the explorers in a browser
	status=0; for measurement in speed/compare speed/growth speed/cluster browser/speed; do \
		$(BIN)/python tests/$$measurement.py || status=1; done; exit $$status

table: .venv/.installed ## train the nets of the historic MNIST table, and write lab/RESULTS.md (16 minutes on two cores)
	$(BIN)/python lab/table.py

notebooks: .venv/.installed ## execute the notebooks and save their outputs
	$(BIN)/python tests/notebooks/execute.py

slides: .venv/.installed ## turn the notebooks into slides for a class, in the folder slides
	$(BIN)/jupyter nbconvert --to slides --output-dir slides --SlidesExporter.reveal_scroll=True \
		--SlidesExporter.reveal_width=1440 --SlidesExporter.reveal_height=1000 notebooks/*.ipynb lab/*.ipynb

clean: ## remove what these commands made (my_course and my_framework.py stay)
	rm -rf .venv build dist mlpkit.egg-info .pytest_cache .ruff_cache .hypothesis .coverage screenshots slides

# Stamp files: what is installed once is not installed again, so the second run needs no network.
# Importing the font manager lets Matplotlib look at this machine's fonts now, not in a first lesson.
.venv/.installed: pyproject.toml requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -r requirements.txt
	$(BIN)/python -c "import matplotlib.font_manager"
	@touch $@

.venv/oldest/.installed: .venv/.installed
	$(PYTHON) -m venv .venv/oldest
	sed -n 's/>=/==/; s/,<.*//; /==/p' requirements.txt > .venv/oldest/versions.txt
	.venv/oldest/bin/python -m pip install -c .venv/oldest/versions.txt -r requirements.txt
	@touch $@

.venv/.torch: .venv/.installed
	$(BIN)/python -m pip install torch==2.13.0 "onnx>=1.17" "onnxruntime>=1.20"
	@touch $@

.venv/.coverage: .venv/.installed
	$(BIN)/python -m pip install "pytest-cov>=6.0"
	@touch $@

.venv/.cluster: .venv/.installed
	$(BIN)/python -m pip install -e ".[cluster]"
	@touch $@

.venv/.browser: .venv/.installed
	$(BIN)/python -m pip install "playwright>=1.50" "axe-playwright-python>=0.1.4"
	@touch $@
