# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# Types the lines of a test that are no comments into the shell, Phial's or real iex, through a pipe, in the test's empty folder; prints
# what it prints on standard output. Standard error is in $TMP.err; frames of IEx itself are left out. `options` may be set before.

case $PHIAL in
*/phial) shell="$(cd "${PHIAL%/*}" && pwd)/phial iex" ;;
*) shell=iex ;;
esac
grep -v '^# ' "$FILE" > "$TMP.input"
cd "$TMP" || exit 1
# shellcheck disable=SC2086 # words
timeout 60 $shell ${options---dot-iex /dev/null} < "$TMP.input" 2> "$TMP.err" | sed -e 's/ *$//' -e '/^    (iex /d' -e "s|$TMP|TMP|g"
