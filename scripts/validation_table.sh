#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the tests labelled `validation` of build/release and prints one table of what they reached, as CSV on standard output.
# Ends with ctest's code. The table of the last release: results/reference/validation.csv.
set -euo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
code=0
ctest --test-dir "${1:-build/release}" -L '^validation$' -V >"$log" || code=$?
echo "set,quantity,limit,reached"
sed -n 's/^[0-9]*: validation,//p' "$log"
grep -E '^[0-9]+: (SKIPPED|FAILED)|Failed +[0-9.]+ sec' "$log" >&2 || true
exit "$code"
