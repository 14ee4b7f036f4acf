#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Prints how long the editor takes for a key: tests/shell/edit_speed.sh PROGRAM. The figures of docs/shell.md come from here.
PHIAL=$(realpath "$1") here=$(realpath "${0%/*}")
TMP=$(mktemp -d)
export PHIAL TMP LC_ALL=C.UTF-8
. "$here/screen.sh"
trap 'mux kill-server 2> /dev/null; rm -rf "$TMP"' EXIT
open 100 40 "$PHIAL $here/edit_speed.ex $TMP/figures"
await icanon
cat "$TMP/figures"
