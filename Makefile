# Everything that is done with this repository. `make` alone lists it.
#
# Works with nothing but Python 3.11 or newer and make; each script in tools/ brings one thing that may be missing.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test test-compose test-alerts release test-frontend test-browser test-backend check check-backend check-frontend check-generated \
        bench bench-plans bench-streams bench-ui screenshots format generate lock clean environment environment-dev frontend-packages \
        ui

# What a person's shell may carry and what would lead Python or pip elsewhere.
unexport PYTHONPATH PYTHONHOME PIP_USER PIP_TARGET PIP_PREFIX VIRTUAL_ENV

BIN := .venv/bin
NODE := ../tools/with-node

help: ## List these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F '|' '{ printf "%-24s %s\n", $$1, $$2 }'

run: ui ## Start Sim-Flow with demo data; ARGS="--port 9000 --data-dir /some/where" is passed on
	@SIMFLOW_STOP_WITH=$$PPID; export SIMFLOW_STOP_WITH; exec backend/$(BIN)/simflow up --demo $(ARGS)

test: test-frontend test-browser test-backend ## Run every test

test-frontend: frontend-packages ## Run the UI's unit tests
	@cd frontend && $(NODE) npm run --silent test

test-browser: ui ## Walk through the UI in a real browser
	@cd frontend && $(NODE) ../tools/with-browser npm run --silent e2e

test-backend: environment-dev ## Run the tests of the API and the database, with coverage
	@cd backend && $(BIN)/python -m pytest --cov --cov-report=term

test-compose: environment-dev ## Build and start the compose file, and try all of it; needs a Docker engine
	@cd backend && $(BIN)/python -m pytest compose_tests -s

test-alerts: ## Test the alert rules; needs promtool, which comes with Prometheus
	@promtool test rules monitoring/alerts.test.yml

release: ui environment-dev ## Build the wheel, the images and their bills of materials into dist/
	@tools/release

bench: environment-dev ## Measure every kind of call beside pgbench; needs wrk. ARGS="--help" tells more, COMPARE=http://… another server
	@COMPARE=$(COMPARE) backend/$(BIN)/python bench/run.py $(ARGS)

bench-plans: environment-dev ## Check the plans of what endpoints run at 1 000 000 requests; ARGS="--size 10000" is quick
	@backend/$(BIN)/python bench/plans.py $(ARGS)

bench-streams: environment-dev ## Measure a thousand open event streams on one process
	@backend/$(BIN)/python bench/streams.py $(ARGS)

check: check-backend check-frontend check-generated ## Formatting, linters, types, import rules, generated files

check-backend: environment-dev
	@cd backend && $(BIN)/ruff format --check .
	@cd backend && $(BIN)/ruff check .
	@cd backend && $(BIN)/mypy
	@cd backend && $(BIN)/lint-imports
	@find database/migrations -name '*.sql' -exec backend/$(BIN)/squawk --assume-in-transaction --pg-version 16 {} +

check-frontend: frontend-packages
	@cd frontend && $(NODE) npm run --silent check

check-generated: environment-dev frontend-packages
	@tools/check-generated

bench-ui: frontend-packages ## Measure the UI of a running Sim-Flow in a real browser; BASE=http://… ROUNDS=5
	@cd frontend && $(NODE) ../tools/with-browser node bench/ui.mjs $(BASE) $(ROUNDS)

screenshots: frontend-packages ## Take the pictures in docs/screenshots of a running demo; BASE=http://…
	@cd frontend && $(NODE) ../tools/with-browser node bench/screenshots.mjs $(BASE)

format: environment-dev frontend-packages ## Format everything, and mend what the linters can mend
	@cd backend && $(BIN)/ruff check --fix-only --quiet . && $(BIN)/ruff format .
	@cd frontend && $(NODE) npm run --silent format

generate: environment frontend-packages ## Make openapi.json, the UI's types, the diagram and the table of settings anew from the code
	@backend/$(BIN)/simflow openapi > backend/openapi.json.new && mv backend/openapi.json.new backend/openapi.json
	@cd frontend && $(NODE) npm run --silent api
	@backend/$(BIN)/python -m simflow.requests.diagram docs/workflow.md
	@backend/$(BIN)/python -m simflow.settings_table docs/operations.md
	@backend/$(BIN)/python -m simflow.web.headers frontend/headers.conf

lock: ## Make the lock files of Python and Node packages anew; needs uv
	@tools/lock

clean: ## Remove what was built and installed; the data in .simflow stays
	rm -rf backend/.venv frontend/node_modules frontend/dist frontend/coverage frontend/test-results

environment:
	@tools/python-environment run

environment-dev:
	@tools/python-environment dev

frontend-packages: environment
	@tools/frontend packages

ui: environment
	@tools/frontend ui
