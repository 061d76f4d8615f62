# make check is exactly what continuous integration runs.

GO       ?= go
FUZZTIME ?= 3s

# CONTAINER=podman builds the same image.
CONTAINER ?= docker

.PHONY: check build image format vet cross lint test properties race fuzz faults load soak bench serve clean

check: format vet cross lint race fuzz

build:
	$(GO) build -o rapport ./cmd/rapport

image:
	$(CONTAINER) build -f deploy/Containerfile --build-arg VERSION=$$(git describe --tags --always --dirty) -t rapport .

serve:
	$(GO) run ./cmd/rapport serve

format:
	@files=$$(gofmt -l .); if [ -n "$$files" ]; then echo "gofmt -w wanted:"; echo "$$files"; exit 1; fi

vet:
	$(GO) vet ./...

# That program and tests compile where they are said to, and on 32 bits.
CROSS ?= darwin/arm64 freebsd/amd64 linux/386
cross:
	@set -e; for platform in $(CROSS); do \
	  echo "vet $$platform"; \
	  CGO_ENABLED=0 GOOS=$${platform%/*} GOARCH=$${platform#*/} $(GO) vet ./...; \
	done

lint:
	$(GO) tool staticcheck ./...

# The README's test command. Property tests try the same values each time;
# make properties tries new ones, CHECKS of each.
test:
	$(GO) test ./...

CHECKS ?= 1000
properties:
	RAPID_SEED=0 RAPID_CHECKS=$(CHECKS) $(GO) test -count=1 -timeout 60m ./corpus/... ./indexer ./search/...

race:
	$(GO) test -race -timeout 30m ./...

# Runs every fuzz test for FUZZTIME, one after the other; the nightly run is
# make fuzz FUZZTIME=2m. One that fails for the end of FUZZTIME, as one can up to
# Go 1.26 (https://go.dev/issue/75804), runs again. An input that failed was kept,
# and fails the second time, too.
fuzz:
	@set -e; for package in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
	    echo "fuzz $$package $$target"; \
	    run() { $(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1x $$package; }; \
	    if said=$$(run 2>&1); then echo "$$said"; else \
	      echo "$$said"; \
	      case "$$said" in *"context deadline exceeded"*) echo again; run;; *) exit 1;; esac; \
	    fi; \
	  done; \
	done

# Kills, damages, fills disks and takes them away, FAULTS times each. Some
# minutes; as root it has disks of its own to fill.
FAULTS ?= 300
faults:
	RAPPORT_FAULTS=$(FAULTS) $(GO) test -count=1 -timeout 60m -v -run 'Killed|Damaged|Disk' ./cmd/rapport ./indexer/datadir ./search/bleve

# Searches under swaps, many commands at a time, and clients that mean no good:
# 50 swaps, 5,000 slow connections. Some minutes.
load:
	RAPPORT_LOAD=50 $(GO) test -count=1 -timeout 30m -v -run 'UnderLoad|ManyCommands' ./cmd/rapport
	RAPPORT_LOAD=25 $(GO) test -count=1 -timeout 30m -v -run 'Hostile' ./cmd/rapport

# Mixed load for SOAK, watching the heap.
SOAK ?= 30m
soak:
	RAPPORT_SOAK=$(SOAK) $(GO) test -count=1 -timeout 3h -v -run 'Soak' ./cmd/rapport

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

clean:
	rm -rf rapport rapport-data rapport-sample .ci/artefacts .ci/node_modules
