#!/bin/sh
# Have Event Grid tell the app of new blobs. The key of the blobs extension exists once the code runs, so this
# comes after the deployment. Running it again changes nothing, unless the key or the address has changed.
set -eu
subscription=new-blobs
prefix="/blobServices/default/containers/$TAGWERK_DATA_CONTAINER/blobs/"
pause=${TAGWERK_PAUSE:-10}

key=
for _ in $(seq 30); do
  # Whoever asks for functions and keys wakes the app, which makes the key.
  if az functionapp function show --name "$TAGWERK_APP" --resource-group "$AZURE_RESOURCE_GROUP" \
      --function-name "$TAGWERK_INGEST_FUNCTION" --output none 2>/dev/null; then
    key=$(az functionapp keys list --name "$TAGWERK_APP" --resource-group "$AZURE_RESOURCE_GROUP" \
      --query systemKeys.blobs_extension --output tsv 2>/dev/null || true)
    [ -z "$key" ] || break
  fi
  sleep "$pause"
done
[ -n "$key" ] || { echo "The app does not run: it has no key for blob events. Its log says why." >&2; exit 1; }

endpoint="$TAGWERK_URL/runtime/webhooks/blobs?functionName=Host.Functions.$TAGWERK_INGEST_FUNCTION&code=$key"
on_topic() {
  verb=$1
  shift
  az eventgrid system-topic event-subscription "$verb" --name "$subscription" \
    --system-topic-name "$TAGWERK_TOPIC" --resource-group "$AZURE_RESOURCE_GROUP" "$@"
}

is=$(on_topic show --include-full-endpoint-url true --output tsv --query \
  "join(' ', [destination.endpointUrl, filter.subjectBeginsWith, provisioningState])" 2>/dev/null || true)
if [ "$is" = "$endpoint $prefix Succeeded" ]; then
  echo "New blobs are told to the app, as before."
  exit 0
fi
[ -z "$is" ] || on_topic delete --yes  # Event Grid does not change the address of a subscription

# Event Grid asks the address whether it wants events, and an app that sleeps answers too late: a request wakes
# the instances for blobs, whatever it is answered.
for _ in $(seq 5); do
  curl --silent --max-time 60 --output /dev/null --request POST --data '[]' "$endpoint" || true
  if on_topic create --endpoint-type webhook --endpoint "$endpoint" --output none \
      --included-event-types Microsoft.Storage.BlobCreated --subject-begins-with "$prefix" \
      --event-ttl 1440 --max-delivery-attempts 30; then
    echo "New blobs are told to the app."
    exit 0
  fi
  sleep "$pause"
done
echo "Event Grid got no answer from the app. Run azd hooks run postdeploy; until then the refresh of projects" >&2
echo "finds new blobs. If it stays like that, let an instance wait: alwaysReady.blob in infra/environments/." >&2
exit 1
