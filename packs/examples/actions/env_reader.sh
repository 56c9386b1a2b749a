#!/usr/bin/env bash
# Prints the environment, one variable a line, without the token that the action may call the API with.

set -euo pipefail

env | grep -v '^ST2_ACTION_AUTH_TOKEN=' | sort
