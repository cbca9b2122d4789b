#!/bin/sh
# Build the page, which .funcignore leaves in the package.
set -eu
cd "$(dirname "$0")/../../web"
npm ci --no-audit --no-fund --loglevel=error
npm run --silent build
