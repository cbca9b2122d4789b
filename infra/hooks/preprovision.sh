#!/bin/sh
# Before anything is made: an app registration, the month of the budget, what a private network needs.
set -eu
here=$(dirname "$0")

"$here/register-app.sh"

if [ -z "${TAGWERK_BUDGET_START:-}" ]; then
  azd env set TAGWERK_BUDGET_START "$(date -u +%Y-%m-01)"
fi
if [ "${TAGWERK_PRIVATE_NETWORK:-false}" = true ]; then
  az provider register --namespace Microsoft.App --wait  # the app's subnet is delegated to it
fi
