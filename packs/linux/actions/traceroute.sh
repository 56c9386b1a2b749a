#!/usr/bin/env bash
# traceroute.sh HOST HOPS QUERIES

if ! binary=$(command -v traceroute); then
  echo "traceroute is not installed on this host." >&2
  exit 2
fi
exec "$binary" -q "$3" -m "$2" "$1"
