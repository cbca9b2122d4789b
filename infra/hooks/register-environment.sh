#!/bin/sh
# Register what jobs run in: aml_jobs/Dockerfile, with the programs inside. Its version is a digest of
# aml_jobs/, so running it again changes nothing, and jobs take the latest. Azure ML builds the image when
# the first job needs it.
set -eu
[ -n "${TAGWERK_ML_WORKSPACE:-}" ] || exit 0
cd "$(dirname "$0")/../.."
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT

cp -R aml_jobs/. "$context"
find "$context" -name __pycache__ -type d -prune -exec rm -rf {} +
echo 'COPY . /opt/tagwerk/aml_jobs' >> "$context/Dockerfile"

sha256=$(command -v sha256sum || echo "shasum -a 256")
version=$(cd "$context" && find . -type f | LC_ALL=C sort | while read -r file; do $sha256 "$file"; done \
  | $sha256 | cut -c 1-16)

az extension show --name ml --output none 2>/dev/null || az extension add --name ml --only-show-errors
place="--subscription $TAGWERK_ML_SUBSCRIPTION --resource-group $TAGWERK_ML_RESOURCE_GROUP"
place="$place --workspace-name $TAGWERK_ML_WORKSPACE"

# shellcheck disable=SC2086  # the words of $place are arguments
if az ml environment show $place --name "$TAGWERK_JOB_ENVIRONMENT" --version "$version" --output none 2>/dev/null; then
  echo "Jobs run in $TAGWERK_JOB_ENVIRONMENT:$version, as before."
  exit 0
fi
# shellcheck disable=SC2086
az ml environment create $place --name "$TAGWERK_JOB_ENVIRONMENT" --version "$version" \
  --build-context "$context" --dockerfile-path Dockerfile --output none
echo "Jobs run in $TAGWERK_JOB_ENVIRONMENT:$version."
