#!/usr/bin/env bash
# Counts the words, lines or characters of a text: count_words.sh [--label=L] [--ignore=LIST] [--verbose] TEXT UNIT

set -euo pipefail

label=result
ignore=
verbose=no

while [[ ${1:-} == --* ]]; do
  case $1 in
    --label=*) label=${1#*=} ;;
    --ignore=*) ignore=${1#*=} ;;
    --verbose) verbose=yes ;;
    *)
      echo "Unknown option $1" >&2
      exit 2
      ;;
  esac
  shift
done

text=${1:-}
unit=${2:-words}

# The list arrives as ['one', 'two']; each word of the text that stands in it as 'word' is left out.
if [[ -n $ignore ]]; then
  kept=()
  for word in $text; do
    [[ $ignore == *"'$word'"* ]] || kept+=("$word")
  done
  text=${kept[*]:-}
fi

[[ $verbose == yes ]] && printf '%s\n' "$text"

case $unit in
  words) count=$(wc -w <<< "$text") ;;
  lines) count=$(wc -l <<< "$text") ;;
  characters) count=${#text} ;;
  *)
    echo "Unknown unit $unit" >&2
    exit 2
    ;;
esac

printf '%s: %d %s\n' "$label" "$count" "$unit"
