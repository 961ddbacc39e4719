#!/usr/bin/env bash
# summary.sh TITLE FILE: puts a file into the job's summary, word for word; nothing where there is no such file.
set -euo pipefail
title=$1 file=$2
[ -s "$file" ] || exit 0
{
  printf '## %s\n\n````text\n' "$title"
  # GitHub takes 1 MiB; the end of a plan says what it comes to
  tail -c 900000 "$file"
  printf '\n````\n\n'
} >> "$GITHUB_STEP_SUMMARY"
