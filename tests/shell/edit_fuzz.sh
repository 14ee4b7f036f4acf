#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Random keys for the editor in terminals of several sizes: tests/shell/edit_fuzz.sh PROGRAM [SEED [ROUNDS]]. Best with build/asan/phial.
PHIAL=$(realpath "$1") here=$(realpath "${0%/*}") seed=${2:-1} rounds=${3:-200}
TMP=$(mktemp -d) patience=6000
export PHIAL TMP LC_ALL=C.UTF-8
. "$here/screen.sh"
trap 'mux kill-server 2> /dev/null; rm -rf "$TMP"' EXIT
for size in '2 2' '9 3' '33 8' '80 24' '200 50'; do
  # shellcheck disable=SC2086 # two numbers
  open $size "$PHIAL $here/edit_fuzz.ex $TMP/outcome $seed $rounds 2> $TMP/errors; echo over > $TMP/over"
  waiting test -e "$TMP/over"
  echo "$size: $(cat "$TMP/outcome" "$TMP/errors" 2>&1)"
  shut
  rm -f "$TMP/over" "$TMP/outcome"
done
