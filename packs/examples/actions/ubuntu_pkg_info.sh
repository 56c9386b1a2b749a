#!/usr/bin/env bash
# Prints what dpkg knows about a package: ubuntu_pkg_info.sh PACKAGE

set -euo pipefail

if ! command -v dpkg-query > /dev/null; then
  echo 'There is no dpkg-query here; this needs Debian or Ubuntu.' >&2
  exit 2
fi

dpkg-query --show --showformat 'Package: ${Package}\nVersion: ${Version}\nStatus: ${Status}\nSummary: ${binary:Summary}\n' -- "$1"
