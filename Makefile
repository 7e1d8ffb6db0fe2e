# Passim. `make` lists what there is. Only make and Python 3.11 or later are taken for granted.

PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
PIP_INSTALL := $(PY) -m pip install --disable-pip-version-check --no-input --quiet --retries 10 --timeout 60
COMPILE := $(PY) -m uv pip compile pyproject.toml --python-version 3.11.2 --universal \
	--generate-hashes --no-emit-index-url --quiet --custom-compile-command "make lock"
# For `make test` and `make bench`: further arguments, such as ARGS="-k feed".
ARGS ?=
WORKERS ?= auto

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run serve worker test check format bench lock clean port venv site-packages dev-packages

help: ## List these commands
	@echo "Passim: commentary that shows its working"; echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-16s %s\n", $$1, $$2}'

run: port site-packages ## Serve the site on http://127.0.0.1:8000 (PORT=8123 for another); the first run sets it up
	@mkdir -p staticfiles # empty here, but WhiteNoise warns where it is missing
	@$(PY) manage.py set_up
	@echo
	@echo "  Read    http://127.0.0.1:$(PORT)/"
	@echo "  Write   http://127.0.0.1:$(PORT)/admin/"
	@echo "  Stop    Ctrl+C"
	@echo
	@DJANGO_RUNSERVER_HIDE_WARNING=true exec $(PY) manage.py runserver 127.0.0.1:$(PORT)

serve: site-packages ## Serve the site in production, behind a proxy (PASSIM_WORKERS, PASSIM_PORT, PASSIM_HOST)
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py collectstatic --no-input --verbosity 0
	@exec $(PY) manage.py serve

worker: site-packages ## Do what waits in the background, until stopped; production needs it beside the server
	@exec $(PY) manage.py worker

test: dev-packages ## Run every test (DATABASE_URL=postgres://… for PostgreSQL, ARGS="-k feed" for some)
	@$(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: dev-packages ## Check format, style, types, migrations and the arrows between rooms
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) -c "from importlinter.cli import lint_imports_command as lint; lint(['--no-logo', '--no-cache'])"

format: dev-packages ## Format the code and mend what can be mended by itself
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

bench: dev-packages ## Measure reading, saving and importing against a bare Django view
	@$(PY) -m bench $(ARGS)

lock: venv ## Choose new versions of what we depend on (pyproject.toml into requirements*.txt)
	@$(PIP_INSTALL) "uv>=0.13,<0.14"
	@$(COMPILE) --upgrade --output-file requirements.txt
	@$(COMPILE) --upgrade --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean: ## Remove what can be made again; the site's data in var/ stays
	@rm -rf $(VENV) .bench .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache staticfiles
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@if [ -d var ]; then echo "var/ holds your site (database, uploads, secret key) and was kept."; fi

# --- How the environment is made ------------------------------------------------------

# Sets $$python to the first Python that is new enough and can make a virtual
# environment; otherwise says which of the two is missing and stops.
define find_python
	old=; bare=; python=; \
	for name in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	  "$$name" -c '' 2>/dev/null || continue; \
	  if ! "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
	    old=$$("$$name" -c 'import platform; print(platform.python_version())'); \
	  elif ! "$$name" -c 'import venv, ensurepip' 2>/dev/null; then bare=$$name; \
	  else python=$$name; break; fi; \
	done; \
	if [ -n "$$python" ]; then :; \
	elif [ -n "$$bare" ]; then \
	  echo "$$bare lacks its venv module. On Debian or Ubuntu: apt install python3-venv" >&2; exit 1; \
	elif [ -n "$$old" ]; then \
	  echo "Passim needs Python 3.11 or later; only $$old is here. If another is installed: make run PYTHON=/path/to/python3" >&2; exit 1; \
	else \
	  echo "Passim needs Python 3.11 or later, and there is none here. If one is installed: make run PYTHON=/path/to/python3" >&2; exit 1; \
	fi
endef

# $(call install,LOCK,WHAT IT HOLDS): installs a lock file unless it is there already.
# The note of that, a copy in .venv, is written last: an interrupted install starts again.
define install
	if ! cmp -s $(1) $(VENV)/installed-$(1); then \
	  echo "Installing the packages of $(1) (only now and when it changes; a minute or two) ..."; \
	  rm -f $(VENV)/installed-*; \
	  try=1; until $(PIP_INSTALL) --require-hashes -r $(1); do \
	    [ $$try -lt 3 ] || { echo "The packages could not be installed; pip says why above." >&2; exit 1; }; \
	    try=$$((try + 1)); echo "Trying again in $$((try * 5)) seconds ..."; sleep $$((try * 5)); \
	  done; \
	  for lock in $(2); do cp $$lock $(VENV)/installed-$$lock; done; \
	fi
endef

port:
	@$(find_python); "$$python" config/port.py "$(PORT)"

# Made anew where it was left half-made, or where its Python has gone since.
venv:
	@if ! $(PY) -m pip --version >/dev/null 2>&1; then \
	  $(find_python); "$$python" -m venv --clear $(VENV); \
	fi

site-packages: venv
	@$(call install,requirements.txt,requirements.txt)

# Holds all that requirements.txt holds, in the same versions (tests/config/test_locks.py).
dev-packages: venv
	@$(call install,requirements-dev.txt,requirements.txt requirements-dev.txt)
