# SPDX-License-Identifier: Apache-2.0
#
# The build. `make help` lists the verbs. Everything generated stands under build/; build/phial is the program.
#
# It goes in two stages: every C file and an empty image give build/phial-boot; that compiles stdlib/ to
# build/stdlib.img; the same objects and that image give build/phial. The image is portable between the variants,
# so asan, stress, debug and switch builds take it from the default build and only compile C.

MAKEFLAGS += --no-builtin-rules
VARIANT ?= default
CC      = cc
RE2C    = re2c
LEMON   = lemon
PREFIX  ?= /usr/local

RE2CFLAGS  = -W -Werror --no-generation-date
LEMONFLAGS = -q
LIBS       = -lgmp -lutf8proc -lpcre2-8 -lm -lpthread

# ---- Flags ------------------------------------------------------------------------------------------------------

WARNINGS = -Wall -Wextra
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
FLAGS_default = -O2 -g
FLAGS_debug   = -O0 -g3 -DPHIAL_DEBUG
FLAGS_asan    = -O1 -g $(SANITIZE) -DPHIAL_FREE=1
FLAGS_stress  = -O1 -g $(SANITIZE) -DPHIAL_FREE=1 -DPHIAL_STRESS
FLAGS_switch  = -O2 -g -DPHIAL_SWITCH
ifeq ($(FLAGS_$(VARIANT)),)
$(error VARIANT is one of: default debug asan stress switch)
endif

# gcc only: without global common subexpressions it keeps one indirect jump per opcode in the dispatch loop; with vectors it
# would pair pc and fp in one register for the sake of two neighbouring stores, at half the speed.
GCC_ONLY := $(shell $(CC) -dM -E -x c /dev/null 2>/dev/null | grep -q __clang__ || echo -fno-gcse -fno-tree-vectorize)

CPPFLAGS = -iquote . -iquote vm -iquote compiler -iquote build/gen
CFLAGS   = -std=gnu11 -ffp-contract=off $(FLAGS_$(VARIANT)) -fno-strict-aliasing $(GCC_ONLY) $(WARNINGS)
LDFLAGS  = $(filter -g -fsanitize%,$(FLAGS_$(VARIANT))) -rdynamic

# ---- Files ------------------------------------------------------------------------------------------------------

OUT := build/$(VARIANT)
ifeq ($(VARIANT),default)
PROGRAM := build/phial
else
PROGRAM := $(OUT)/phial
endif
BOOT  := build/phial-boot
IMAGE := build/stdlib.img

SOURCES   := $(sort $(wildcard vm/*.c vm/natives/*.c compiler/*.c repl/*.c))
GENERATED := build/gen/lexer.c build/gen/parser.c
OBJECTS   := $(SOURCES:%.c=$(OUT)/%.o) $(GENERATED:build/gen/%.c=$(OUT)/gen/%.o)

# stdlib/ORDER names the files that must be compiled before the rest, one path a line.
STDLIB_FIRST := $(shell sed 's/\#.*//' stdlib/ORDER 2>/dev/null)
STDLIB_ALL   := $(sort $(shell find stdlib -name '*.ex' 2>/dev/null))
STDLIB       := $(STDLIB_FIRST) $(filter-out $(STDLIB_FIRST),$(STDLIB_ALL))

.PHONY: all run test oracle stress asan fuzz calls soak bench coverage lint install clean help program packages FORCE
.DELETE_ON_ERROR:
.SUFFIXES:

# ---- Verbs ------------------------------------------------------------------------------------------------------

all: program                ## build build/phial (VARIANT=debug|asan|stress|switch for another)

program: $(PROGRAM)

run: packages               ## install what is missing, build, run an example
	@$(MAKE) --no-print-directory all
	build/phial examples/counter.exs

test: packages              ## install what is missing, build, run all tests and examples
	@$(MAKE) --no-print-directory all
	@tests/run

oracle: packages            ## run the tests under real Elixir; its forms of all sources must be Phial's
	@.ci/need oracle
	@$(MAKE) --no-print-directory all
	@build/phial tests/forms.exs > build/forms.phial
	@elixir tests/forms.exs > build/forms.elixir
	@cmp build/forms.phial build/forms.elixir
	@tests/run --oracle --timeout 60

asan: packages              ## the tests under the address and undefined-behaviour sanitizers
	@$(MAKE) --no-print-directory all VARIANT=default
	@$(MAKE) --no-print-directory all VARIANT=asan
	@ASAN_OPTIONS=detect_leaks=1:exitcode=99 tests/run --phial build/asan/phial --timeout 90

stress: packages            ## the same with a collection at every safe point and a reduction budget of 1
	@$(MAKE) --no-print-directory all VARIANT=default
	@$(MAKE) --no-print-directory all VARIANT=stress
	@TEST_STRESS=1 ASAN_OPTIONS=detect_leaks=0:exitcode=99 tests/run --phial build/stress/phial --timeout 240

fuzz: packages              ## damaged sources, forms and programs against the sanitized build (ROUNDS=2000 SEED=1)
	@$(MAKE) --no-print-directory all VARIANT=default
	@$(MAKE) --no-print-directory all VARIANT=asan
	@$(MAKE) --no-print-directory VARIANT=asan build/mutate build/asan/parse_fuzz
	@rm -rf build/corpus && mkdir -p build/corpus && tar -xzf tests/fuzz/corpus.tar.gz -C build/corpus
	@build/asan/parse_fuzz -m 2 $(or $(SEED),1) build/corpus/*
	@build/asan/phial --seed $(or $(SEED),1) tests/fuzz/expand.exs $(or $(SEED),1) $$(($(or $(ROUNDS),2000) * 20)) 2>/dev/null
	@build/mutate build/asan/phial $(or $(SEED),1) $(or $(ROUNDS),2000)

calls: packages             ## random calls of the library under Elixir and Phial, differing outcomes shown (SEED=1 COUNT=5 WHAT='Enum strftime')
	@.ci/need oracle
	@$(MAKE) --no-print-directory all
	@elixir tests/fuzz/calls_make.exs $(or $(SEED),1) $(or $(COUNT),5) $(WHAT) > build/calls
	@elixir tests/fuzz/calls.exs build/calls > build/calls.elixir 2>/dev/null
	@build/phial tests/fuzz/calls.exs build/calls > build/calls.phial 2>/dev/null
	@diff -U1 build/calls.elixir build/calls.phial || true

soak: packages              ## processes that crash, under many seeds, against the sanitized build (SEED=1 COUNT=20 ROUNDS=30)
	@$(MAKE) --no-print-directory all VARIANT=default
	@$(MAKE) --no-print-directory all VARIANT=asan
	@ASAN_OPTIONS=detect_leaks=1:exitcode=99 tests/soak/run build/asan/phial $(or $(SEED),1) $(or $(COUNT),20) $(or $(ROUNDS),30)

bench: packages             ## time Phial beside Elixir and Lua, print a table of ratios
	@.ci/need oracle bench
	@$(MAKE) --no-print-directory all build/measure
	@tests/bench/run

coverage: all               ## which functions of Elixir and OTP exist here (LISTS='a.tsv b.tsv': other lists of exports)
	@build/phial tests/coverage.exs $(or $(LISTS),$(wildcard tests/exports/*.tsv))

lint:                       ## check scripts, licences, paths named in docs; build without warnings on gcc and clang
	@.ci/need build lint
	@.ci/lint

install: all                ## copy the program, stripped, to $(DESTDIR)$(PREFIX)/bin
	@echo "  INSTALL $(DESTDIR)$(PREFIX)/bin/phial"
	@install -D -s -m 755 build/phial $(DESTDIR)$(PREFIX)/bin/phial

clean:                      ## remove build/
	@rm -rf build

help:                       ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 16

packages:
	@.ci/need build

# ---- Generated C ------------------------------------------------------------------------------------------------

build/gen/lexer.c: compiler/lexer.re Makefile
	@mkdir -p $(@D)
	@echo "  RE2C    $<"
	@$(RE2C) $(RE2CFLAGS) -o $@ $<

# Lemon leaves an unchanged parser.h alone, so the header has its own, empty, rule.
build/gen/parser.c: compiler/parser.y Makefile
	@mkdir -p $(@D)
	@echo "  LEMON   $<"
	@$(LEMON) $(LEMONFLAGS) -d$(@D) $<
build/gen/parser.h: build/gen/parser.c ;

# ---- Objects ----------------------------------------------------------------------------------------------------

# Its time changes only when the compiler or a flag does: objects depend on it.
COMMAND := $(CC) $(CPPFLAGS) $(CFLAGS)
$(OUT)/command: FORCE
	@mkdir -p $(@D)
	@echo '$(COMMAND)' | cmp -s - $@ || echo '$(COMMAND)' > $@
FORCE:

# The last two warnings are about the text of lemon's template.
$(OUT)/gen/%.o: build/gen/%.c $(OUT)/command | build/gen/parser.h
	@mkdir -p $(@D)
	@echo "  CC      $<"
	@$(COMMAND) -Wno-unused-parameter -Wno-type-limits -MMD -MP -c -o $@ $<

$(OUT)/%.o: %.c $(OUT)/command | build/gen/parser.h
	@mkdir -p $(@D)
	@echo "  CC      $<"
	@$(COMMAND) -MMD -MP -c -o $@ $<

$(OUT)/no-image.o: vm/image.S $(OUT)/command
	@mkdir -p $(@D)
	@$(CC) -c -o $@ $<

$(OUT)/image.o: vm/image.S $(IMAGE) $(OUT)/command
	@mkdir -p $(@D)
	@$(CC) -DPHIAL_IMAGE='"$(IMAGE)"' -c -o $@ $<

-include $(OBJECTS:.o=.d)

# ---- Programs ---------------------------------------------------------------------------------------------------

$(PROGRAM): $(OBJECTS) $(OUT)/image.o
	@echo "  LINK    $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

ifeq ($(VARIANT),default)
$(BOOT): $(OBJECTS) $(OUT)/no-image.o
	@echo "  LINK    $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

$(IMAGE): $(BOOT) $(STDLIB) stdlib/ORDER
	@echo "  STDLIB  $(words $(STDLIB)) modules' files"
	@$(BOOT) --build-image $@ $(STDLIB)
else
$(BOOT) $(IMAGE): FORCE
	@$(MAKE) --no-print-directory VARIANT=default $(IMAGE)
endif

build/measure: tests/bench/measure.c
	@mkdir -p $(@D)
	@$(CC) -std=gnu11 -O2 $(WARNINGS) -o $@ $<

# The parser alone, on the corpus that libFuzzer grew (tests/fuzz/parse_fuzz.c says how).
$(OUT)/parse_fuzz: $(OUT)/tests/fuzz/parse_fuzz.o $(filter-out $(OUT)/vm/main.o,$(OBJECTS)) $(OUT)/no-image.o
	@echo "  LINK    $@"
	@$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

build/mutate: tests/fuzz/mutate.c
	@mkdir -p $(@D)
	@$(CC) -std=gnu11 -O2 $(WARNINGS) -o $@ $<
