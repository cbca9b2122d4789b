#!/bin/sh
# When the code is there: new blobs are told to it.
set -eu
here=$(dirname "$0")

"$here/subscribe-blobs.sh"
echo "Tagwerk is at $TAGWERK_URL"
