# Everything from a fresh clone: Python >= 3.11 and make are enough; a second run adds nothing.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup demo test check

UV_VERSION := 0.13.9
CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/werkzorg
OWN_UV := $(CACHE)/uv-$(UV_VERSION)

# The modules of a workflow are imported anew for every run of it, and many tests start programs of their own:
# from bytecode that is half the work or less, also where the environment says not to write any.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX := $(CACHE)/bytecode

# Tests also wait, for servers, mail and the clock: one process more than there are cores, four at the most.
PROCESSES = $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1); [ "$$n" -gt 2 ] && echo 4 || echo $$((n + 1)))

PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core

# The Python that makes the environment: the first that is new enough.
PYTHON = $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v "$$p"; break; }; done)

# $(call apt_install,packages): on Debian as root, install what is missing; elsewhere say so. Never fails.
define apt_install
	command -v dpkg-query >/dev/null 2>&1 || exit 0; \
	for p in $(1); do dpkg-query -W -f='$${Status}' "$$p" 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	[ -n "$$missing" ] || exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		echo "Installeren:$$missing"; \
		{ apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$missing; } >/dev/null \
			|| echo "Niet gelukt; installeer zelf:$$missing" >&2; \
	else echo "Nog nodig: sudo apt-get install$$missing" >&2; fi
endef

help: ## toon deze lijst
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

setup: .venv/.complete .venv/.system ## maak de omgeving in .venv klaar

demo: setup ## speel de demo (make demo ARGS=--exit stopt na afloop)
	@./werkzorg demo $(ARGS)

check: setup ## controleer stijl, types en importregels
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

test: check .venv/.browser ## voer alle controles en tests uit
	@./werkzorg engine provide
	@.venv/bin/python -m pytest --numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder $(ARGS)

.venv/.complete: pyproject.toml uv.lock
	@[ -n "$(PYTHON)" ] || { echo "Werkzorg heeft Python 3.11 of nieuwer nodig; die is hier niet gevonden." >&2; exit 1; }
	@uv=uv; \
	uv --version 2>/dev/null | grep -Eq '^uv (0\.(9|[1-9][0-9])|[1-9])' || { \
		uv="$(OWN_UV)/bin/uv"; \
		[ -x "$$uv" ] || { echo "uv $(UV_VERSION) wordt één keer opgehaald"; rm -rf "$(OWN_UV)"; \
			"$(PYTHON)" -m venv "$(OWN_UV)" && "$(OWN_UV)/bin/python" -m pip install -q --disable-pip-version-check "uv==$(UV_VERSION)"; }; \
	} && "$$uv" sync --locked --python "$(PYTHON)"
	@touch $@

.venv/.system: .venv/.complete
	@$(call apt_install,$(PACKAGES))
	@if .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1; then touch $@; \
	else echo "Pango ontbreekt: brieven en verslagen kunnen niet gemaakt worden (zie ./werkzorg doctor)." >&2; fi

.venv/.browser: .venv/.complete
	@command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || \
		grep -qs '^ID=ubuntu' /etc/os-release || { $(call apt_install,chromium); }
	@if command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; then touch $@; \
	else echo "Geen Chromium: de browsertest wordt overgeslagen." >&2; fi
