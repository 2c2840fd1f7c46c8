# `make` without a target lists the targets. Everything runs in .venv, which the first use creates.

PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NEXT := .venv-next
TEMPLATES := cms home news
# Consecutive tests of a file share rows, so a file stays in one process.
IN_PARALLEL := -n auto --dist loadscope --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help demo run backup restore test test-browser test-next coverage lint format messages migrate clean screenshots lighthouse bench-visitors bench-sign-in bench-redis bench-board

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: $(VENV)/ready ## Install, load the demo content and serve it on http://127.0.0.1:8000/ (PORT=)
	@mkdir -p var
	@test -s var/demo-password || (umask 077 && $(BIN)/python -c "import secrets; print(secrets.token_urlsafe(9))" > var/demo-password)
	@SITE_URL=http://127.0.0.1:$(PORT) $(BIN)/python manage.py migrate -v0
	@SITE_URL=http://127.0.0.1:$(PORT) DEMO_PASSWORD=$${DEMO_PASSWORD:-$$(cat var/demo-password)} $(BIN)/python manage.py load_demo
	@echo "Sign in at http://127.0.0.1:$(PORT)/admin/ as quantri, bientap, duyetbai or phiendich."
	@echo "Their password is in var/demo-password, if you did not set DEMO_PASSWORD."
	@$(MAKE) --no-print-directory run DEBUG=0

run: $(VENV)/ready migrate ## Serve the site for development, on SQLite or DATABASE_URL
	@echo "http://127.0.0.1:$(PORT)/"
	@export DEBUG=$(or $(DEBUG),1) SITE_URL=http://127.0.0.1:$(PORT); \
	$(BIN)/python manage.py run_worker --with-parent $$$$ & \
	exec $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

migrate: $(VENV)/ready ## Bring the database up to date
	@SITE_URL=http://127.0.0.1:$(PORT) $(BIN)/python manage.py migrate -v0

backup: $(VENV)/ready ## Save database and media as one archive in var/backups (TO= for another file)
	@$(BIN)/python manage.py backup $(TO)

restore: $(VENV)/ready ## Replace the site with the archive FROM= (FORCE=1 if the site is in use)
	@$(BIN)/python manage.py restore $(FROM) $(if $(FORCE),--force)

test: $(VENV)/ready-dev ## Run every test that this machine can run, and say which were left out (TESTS="-k slug" BROWSER_TESTS="-k desk")
	@$(BIN)/pytest $(IN_PARALLEL) --ignore tests/browser $(TESTS)
	@$(MAKE) --no-print-directory test-browser

test-browser: $(VENV)/ready-dev ## Run the tests in a browser alone (BROWSER_TESTS="-k desk")
	@$(BIN)/pytest -n 3 --dist loadfile tests/browser $(BROWSER_TESTS)

coverage: $(VENV)/ready-dev ## Run the tests outside the browser, and list the lines and branches that they leave out (TESTS="-k slug")
	@rm -rf var/coverage && mkdir -p var/coverage
	@$(BIN)/coverage run -m pytest $(IN_PARALLEL) --ignore tests/browser $(TESTS)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

test-next: $(NEXT)/ready ## Run the suite, and the publishing of an article in a browser, on the next Wagtail
	@$(NEXT)/bin/pytest $(IN_PARALLEL) --ignore tests/browser -m "not once"
	@$(NEXT)/bin/pytest tests/browser/test_publishing_an_article.py

lint: $(VENV)/ready-dev ## Check code, types, templates, imports, migrations and message catalogues
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/djlint $(TEMPLATES) --lint --quiet
	PYTHONPATH=. $(BIN)/lint-imports
	DJANGO_SETTINGS_MODULE=settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=settings.test $(BIN)/python manage.py lintmigrations --no-cache --include-apps home news cms visitors translation
	$(BIN)/python scripts/check_message_catalogues.py

format: $(VENV)/ready-dev ## Format the code, and fix what the linter can fix
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(VENV)/ready-dev ## Collect the texts for translation and compile the catalogues (needs gettext)
	$(BIN)/python manage.py makemessages -l vi -i var -i ".venv*" --no-obsolete --add-location file
	$(BIN)/python manage.py compilemessages -l vi -i ".venv*"

screenshots: $(VENV)/ready-dev ## Take the screenshots of README and docs from the running demo (needs Chromium)
	$(BIN)/python scripts/screenshots.py http://127.0.0.1:$(PORT)

lighthouse: $(VENV)/ready-dev scripts/bench/node_modules ## Measure the public pages and write docs/lighthouse.md (needs node and Chromium)
	@$(BIN)/python -m scripts.bench.lighthouse

bench-visitors: $(VENV)/ready-dev ## Measure the live count and write docs/visitors.md (needs wrk and redis-server)
	@$(BIN)/python -m scripts.bench.traffic

bench-sign-in: $(VENV)/ready-dev ## Measure how much password guessing slows down readers and write docs/sign-in.md (on PostgreSQL with DATABASE_URL)
	@$(BIN)/python -m scripts.bench.sign_in

bench-board: $(VENV)/ready-dev ## Measure the translators' board and write docs/board.md (also on PostgreSQL with DATABASE_URL)
	@$(BIN)/python -m scripts.bench.board

bench-redis: $(VENV)/ready-dev ## Measure how much a frozen Redis slows down a page and write docs/redis.md (needs redis-server)
	@$(BIN)/python -m scripts.bench.frozen_redis

clean: ## Remove the virtual environments; the content in var/ stays
	rm -rf $(VENV) $(NEXT)

$(VENV)/ready: requirements.txt
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/ready-dev: requirements-dev.txt $(VENV)/ready
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

scripts/bench/node_modules: scripts/bench/package-lock.json
	@command -v npm >/dev/null || { echo "make lighthouse needs node and npm" >&2; exit 1; }
	@npm ci --prefix scripts/bench --silent || { echo "npm ci --prefix scripts/bench failed" >&2; exit 1; }
	@touch $@

# The requirements install the pinned Wagtail first. The next Wagtail then replaces it.
$(NEXT)/ready: requirements-next.txt requirements-dev.txt requirements.txt
	@$(PYTHON) -m venv $(NEXT)
	@$(NEXT)/bin/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@$(NEXT)/bin/pip install --quiet --disable-pip-version-check -r requirements-next.txt
	@touch $@
