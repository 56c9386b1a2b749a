#!/usr/bin/env bash
# Prints how long a secret is: secret_length.sh USER SECRET

set -euo pipefail

printf 'The secret of %s has %d characters.\n' "$1" "${#2}"
