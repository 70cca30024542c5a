# One command each. Needs GNU make 3.81 or newer, a POSIX shell and Python 3.11 or newer; all else
# is installed into .venv. Paths stay relative, so the folder may be called anything.

PYTHON = python3
PY = .venv/bin/python
PIP = $(PY) -m pip --disable-pip-version-check --no-input

.SUFFIXES:
.DELETE_ON_ERROR:
.PHONY: all serve test test-quick check docs bench screenshots gallery pins clean help browser \
	postgres webservers sshd zbar gettext

all: .venv/installed-build
	@$(PY) build.py build --sample --verbose

serve: .venv/installed-build
	@$(PY) build.py serve --sample

test: .venv/installed-test browser postgres webservers sshd zbar gettext
	@$(PY) -m pytest

test-quick: .venv/installed-test
	@$(PY) -m pytest --quick -m "not durability"

check: .venv/installed-check
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(PY) -m pytest tests/test_docs.py tests/test_docs_errors.py
	@$(MAKE) test

bench: .venv/installed-test browser
	@$(PY) scripts/bench.py
	@$(PY) tests/bench/reader.py
	@$(PY) tests/bench/catalogues.py
	@$(PY) tests/bench/fuzz.py --count 4000
	@$(PY) tests/bench/service.py
	@$(PY) tests/bench/report.py
	@$(PY) tests/bench/engines.py
	@$(PY) tests/bench/cards.py
	@$(PY) tests/bench/translation.py
	@$(PY) tests/bench/form.py

screenshots: .venv/installed-test browser
	@$(PY) scripts/screenshots.py

gallery: .venv/installed-test browser
	@$(PY) scripts/gallery.py

# Answers in private/ stay: only a person may delete those.
clean:
	rm -rf .venv .mati .mypy_cache .ruff_cache .hypothesis build dist hosting site/*
	find mati tests scripts -type d -name __pycache__ -prune -exec rm -rf {} +

help:
	@echo "make              build the sample survey and its report"
	@echo "make serve        show them, take answers, reload on each save"
	@echo "make test         run all tests"
	@echo "make test-quick   run the tests that take no browser and no patience, in a minute"
	@echo "make check        format, lint, types, docs, all tests"
	@echo "make bench        measure building, reports, forms beside other libraries"
	@echo "make screenshots  make the pictures of the documentation again"
	@echo "make gallery      picture every page, kind and look, to be looked at (build/gallery)"
	@echo "make pins         pin requirements again from pyproject.toml (needs uv)"
	@echo "make clean        remove what was built or installed; answers stay"

browser: .venv/installed-test
	@$(PY) -m scripts.browser

postgres: .venv/installed-test
	@$(PY) -m scripts.postgres

webservers: .venv/installed-test
	@$(PY) -m scripts.webservers

sshd: .venv/installed-test
	@$(PY) -m scripts.sshd

zbar: .venv/installed-test
	@$(PY) -m scripts.zbar

gettext: .venv/installed-test
	@$(PY) -m scripts.gettext

# $(new-venv) makes .venv with the first Python that is new enough.
define new-venv
for python in "$(PYTHON)" python3 python3.13 python3.12 python3.11 python none; do \
	if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi; \
done; \
if [ "$$python" = none ]; then \
	echo "Mati needs Python 3.11 or newer. Name it: make PYTHON=/path/to/python3" >&2; exit 1; \
fi; \
rm -rf .venv; \
"$$python" -m venv .venv || { rm -rf .venv; \
	echo "Python could not make a virtual environment." >&2; \
	echo "On Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
endef

.venv/bin/python:
	@$(new-venv)

# A stamp per list of requirements: a changed list, or a changed Python, installs again.
.venv/installed-%: requirements/%.txt .venv/bin/python
	@if ! $(PIP) --version >/dev/null 2>&1; then $(new-venv); fi
	@echo "Installing what '$*' needs; this takes a moment, once …"
	@$(PIP) install --quiet --require-hashes --requirement requirements/$*.txt
	@touch $@

.PRECIOUS: .venv/installed-build .venv/installed-test .venv/installed-check

PIN = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--fork-strategy fewest --no-annotate --no-header --no-config pyproject.toml

pins:
	@$(PIN) --upgrade -o requirements/build.txt
	@$(PIN) --upgrade --extra test -c requirements/build.txt -o requirements/test.txt
	@$(PIN) --upgrade --extra test --extra check -c requirements/test.txt -o requirements/check.txt
