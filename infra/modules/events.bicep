metadata description = 'The Event Grid topic of a storage account. infra/hooks/subscribe-blobs.sh subscribes the app to it.'

@description('The name of the topic.')
param name string

@description('The region of the storage account.')
param location string

@description('The tags.')
param tags object

@description('The resource id of the storage account.')
param storageId string

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  location: location
  tags: tags
  properties: {
    source: storageId
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

@description('The resource id of the topic.')
output id string = topic.id

@description('The name of the topic.')
output name string = topic.name
