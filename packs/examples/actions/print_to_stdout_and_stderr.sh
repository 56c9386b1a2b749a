#!/usr/bin/env bash
# Prints COUNT lines, by turns on stdout and stderr, and waits after each: print_to_stdout_and_stderr.sh COUNT DELAY

set -euo pipefail

count=${1:-100}
delay=${2:-0.5}

for ((i = 1; i <= count; i++)); do
  if ((i % 2)); then
    echo "stdout line $i"
  else
    echo "stderr line $i" >&2
  fi
  sleep "$delay"
done
