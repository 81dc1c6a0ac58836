#!/bin/sh
# Makes .venv from the first Python on the PATH that is new enough and whole; `make` calls it when it is out of date.
set -eu
cd "$(dirname "$0")/.."

find_python() {
  for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3; do
    if "$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      echo "$name"
      return
    fi
  done
  echo "no Python 3.11 or later with venv and ensurepip is on the PATH" >&2
  echo "install one (on Debian also its -venv package), or name it: make install PYTHON=/path/to/python3" >&2
  exit 1
}

python=$(find_python)
echo "making .venv with $("$python" --version)" >&2
"$python" -m venv --clear .venv
.venv/bin/python -m pip install -q -c constraints/dev.txt -e '.[dev]'
touch .venv/ready
