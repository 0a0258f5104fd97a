#!/usr/bin/env bash
# Build the wheel, install it into an empty environment, and make, check, stage and build a region far from this repository.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$here/.venv/bin/python" -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir "$work/dist" "$here"
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --constraint "$here/constraints.txt" "$work"/dist/*.whl

cd "$work"
export GIT_AUTHOR_NAME=Test GIT_AUTHOR_EMAIL=test@example.no GIT_COMMITTER_NAME=Test GIT_COMMITTER_EMAIL=test@example.no
venv/bin/kompetanse init region --name "Vår region" --language nn
cd region
../venv/bin/kompetanse check
../venv/bin/kompetanse build
../venv/bin/python -m mkdocs build --quiet --site-dir ../by-mkdocs
../venv/bin/kompetanse stage ../staged
test -s site/kurs/index.html
test -s ../by-mkdocs/kurs/index.html
test -s site/assets/kompetanse/kompetanse.css
test -s site/assets/fonts/source-sans-3-latin-wght-normal.woff2
test -s ../staged/docs/assets/fonts/LICENSE
theme=$(../venv/bin/python -c "import kompetanse_theme, os; print(os.path.dirname(kompetanse_theme.__file__))")
test -s "$theme/assets/noble-ed25519/index.js"
test -s "$theme/assets/noble-ed25519/LICENSE"
test ! -e site/assets/noble-ed25519
grep -q source-sans-3-latin site/kurs/index.html
echo "The wheel works outside the repository."
