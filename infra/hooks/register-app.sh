#!/bin/sh
# Have an app registration in Entra ID as infra/app-registration.json says. Running it again changes nothing.
#
#   AZURE_ENV_NAME           the registration is called "Tagwerk <environment>"
#   TAGWERK_OIDC_CLIENT_ID   the registration, if it is known; it is written to the azd environment
#   TAGWERK_URL              the app's address once it has one; people return to it after signing in
#   TAGWERK_ORIGINS          further addresses of the page, separated by commas
#   TAGWERK_REGISTER_APP=no  somebody else made the registration: leave it alone
set -eu
manifest="$(dirname "$0")/../app-registration.json"
graph=https://graph.microsoft.com/v1.0
name="Tagwerk $AZURE_ENV_NAME"
administrator=a2d7f3c4-0c5e-4c7b-8b0e-5c1d9e6f2b02
client=${TAGWERK_OIDC_CLIENT_ID:-}

if [ "${TAGWERK_REGISTER_APP:-yes}" = no ]; then
  [ -n "$client" ] || { echo "TAGWERK_REGISTER_APP is no, so set TAGWERK_OIDC_CLIENT_ID." >&2; exit 1; }
  exit 0
fi

# Entra ID takes seconds until what was just made is found everywhere.
again() {
  for _ in 1 2 3 4 5; do
    "$@" && return 0
    sleep "${TAGWERK_PAUSE:-5}"
  done
  echo "Gave up: $*" >&2
  return 1
}

if [ -z "$client" ]; then
  client=$(az ad app list --display-name "$name" --query "[?displayName=='$name'].appId | [0]" --output tsv)
fi
if [ -z "$client" ]; then
  client=$(az ad app create --display-name "$name" --sign-in-audience AzureADMyOrg --query appId --output tsv)
fi
object=$(again az ad app show --id "$client" --query id --output tsv)
again az rest --method PATCH --url "$graph/applications/$object" --body "@$manifest"
az ad sp show --id "$client" --output none 2>/dev/null || again az ad sp create --id "$client" --output none

if [ -n "${TAGWERK_URL:-}" ]; then
  known=$(az ad app show --id "$client" --query "spa.redirectUris" --output tsv)
  list=$known
  for origin in "$TAGWERK_URL" $(echo "${TAGWERK_ORIGINS:-}" | tr ',' ' '); do
    for address in "$origin" "$origin/signed-in"; do
      echo "$list" | grep -Fqx "$address" || list=$(printf '%s\n%s' "$list" "$address")
    done
  done
  if [ "$list" != "$known" ]; then
    quoted=$(echo "$list" | sed '/^$/d; s/.*/"&"/' | paste -sd , -)
    again az rest --method PATCH --url "$graph/applications/$object" --body "{\"spa\":{\"redirectUris\":[$quoted]}}"
  fi
fi

# Somebody has to make the first project: whoever deploys, if nobody is an administrator yet.
me=$(az ad signed-in-user show --query id --output tsv 2>/dev/null || true)
service=$(again az ad sp show --id "$client" --query id --output tsv)
holders=$(az rest --method GET --url "$graph/servicePrincipals/$service/appRoleAssignedTo" \
  --query "length(value[?appRoleId=='$administrator'])" --output tsv)
if [ -n "$me" ] && [ "$holders" = 0 ]; then
  again az rest --method POST --url "$graph/servicePrincipals/$service/appRoleAssignedTo" --output none \
    --body "{\"principalId\":\"$me\",\"resourceId\":\"$service\",\"appRoleId\":\"$administrator\"}"
fi

azd env set TAGWERK_OIDC_CLIENT_ID "$client"
