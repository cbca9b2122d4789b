#!/bin/sh
# When everything is made: where people may return to after signing in, and what jobs run in.
set -eu
here=$(dirname "$0")

"$here/register-app.sh"
"$here/register-environment.sh"
