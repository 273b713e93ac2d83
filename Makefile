# Two commands for everyone: `make demo` and `make test`. Both install what is missing on a bare Debian 12 with the Swift toolchain.

PREFIX ?= /usr/local
RELEASE = .build/release/ratchet
BUILD_PACKAGES = libsodium-dev libsqlite3-dev zlib1g-dev pkg-config tzdata
TEST_PACKAGES = $(BUILD_PACKAGES) sqlite3 chromium fonts-dejavu-core fonts-noto-cjk python3-venv
export DEBIAN_FRONTEND = noninteractive

.PHONY: help demo test test-engine test-browser lint format build bench bench-peers fuzz install uninstall screenshots clean

help:
	@echo "make demo      build, import the real sample, analyse it, serve it"
	@echo "make test      all tests, the browser's included"
	@echo "make build     a release binary in .build/release/ratchet"
	@echo "make lint      the format, strictly"
	@echo "make bench     how fast it is, as ratios against named peers"
	@echo "make bench-peers DATA=FOLDER   the engine beside the libraries people use, see Benchmarks/README.md"
	@echo "make install   binary, sample, man page and shell completions under PREFIX=$(PREFIX)"

# $(call need,PACKAGES): installs the Debian packages that are missing, and only those.
define need
	@missing=""; for p in $(1); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
		echo "Installing$$missing"; \
		sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
		$$sudo apt-get -o DPkg::Lock::Timeout=300 update -qq && \
		$$sudo apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi
endef

# $(call tidily,COMMAND): with a folder for temporary files that is gone afterwards, however the command ends.
define tidily
	@echo "$(1)"; folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; TMPDIR="$$folder" $(1)
endef

build: $(RELEASE)

# Only when a source is newer: asked again, the package manager may build the server's modules anew although nothing changed.
$(RELEASE): Package.swift $(shell find Sources -type f)
	$(call need,$(BUILD_PACKAGES))
	swift build -c release --product ratchet
	@touch -c $@

demo: build
	$(RELEASE) demo

test:
	$(call need,$(TEST_PACKAGES))
	swift build --build-tests
	$(call tidily,swift test --skip-build)
	$(call tidily,Tests/Journeys/run .build/debug/ratchet)

# The engine alone, without server and database: seconds instead of minutes.
test-engine:
	$(call need,$(BUILD_PACKAGES))
	RATCHET_ENGINE_ONLY=1 swift build --build-tests --scratch-path .build-engine
	RATCHET_ENGINE_ONLY=1 swift test --skip-build --scratch-path .build-engine

lint:
	swift format lint --strict --recursive Sources Tests Benchmarks Package.swift

format:
	swift format --in-place --recursive Sources Tests Benchmarks Package.swift

bench: build
	Benchmarks/run .build/release/ratchet

# Nothing but the data is needed; the libraries are installed into .venv-peers.
bench-peers:
	$(if $(DATA),,$(error say where the data are: make bench-peers DATA=FOLDER))
	$(call need,python3-venv)
	Benchmarks/peers $(DATA)

fuzz:
	Tests/Fuzz/run

screenshots: build
	Tests/Journeys/screenshots .build/release/ratchet

install: build
	install -D -m 755 .build/release/ratchet $(DESTDIR)$(PREFIX)/bin/ratchet
	install -D -m 644 Samples/incident-event-log.csv.gz $(DESTDIR)$(PREFIX)/share/ratchet/Samples/incident-event-log.csv.gz
	install -D -m 644 Samples/README.md $(DESTDIR)$(PREFIX)/share/ratchet/Samples/README.md
	install -D -m 644 Documentation/ratchet.1 $(DESTDIR)$(PREFIX)/share/man/man1/ratchet.1
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	.build/release/ratchet --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/ratchet
	.build/release/ratchet --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_ratchet
	.build/release/ratchet --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/ratchet.fish

uninstall:
	rm -rf $(DESTDIR)$(PREFIX)/bin/ratchet $(DESTDIR)$(PREFIX)/share/ratchet $(DESTDIR)$(PREFIX)/share/man/man1/ratchet.1 \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/ratchet $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_ratchet \
		$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/ratchet.fish

clean:
	rm -rf .build .build-engine .venv .venv-peers
