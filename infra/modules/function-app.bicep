metadata description = 'The app: a Flex Consumption plan, the function app, and its settings.'

@description('The name of the plan.')
param planName string

@description('The name of the app.')
param name string

@description('The region.')
param location string

@description('The tags.')
param tags object

@description('The resource id of the identity that the app works as.')
param identityId string

@description('The client id of that identity.')
param identityClientId string

@description('The addresses of the storage services: blob, queue, table.')
param storage object

@description('The container that the deployed package lies in.')
param packages string

@description('The version of Python.')
param pythonVersion string

@description('Memory of an instance in MB: 512, 2048 or 4096.')
param instanceMemoryMB int

@description('At most so many instances, from 40 to 1000.')
param maximumInstanceCount int

@description('So many HTTP requests go to one instance at a time.')
param httpConcurrency int

@description('Instances that wait, and cost, by group: http, blob, or function:NAME. Zero: none.')
param alwaysReady object

@description('Where telemetry is sent.')
param insightsConnectionString string

@description('App settings that core/settings.py and functions/triggers.py read, besides those for storage.')
param settings object

@description('The subnet that the app sends its traffic through; empty: none.')
param subnetId string = ''

@description('Whether only Event Grid, private endpoints and the allowed addresses get in.')
param private bool

@description('IPv4 ranges (CIDR) of the internet that get in although it is private.')
param allowedAddresses array = []

var eventGrid = {
  name: 'event-grid'
  description: 'Event Grid cannot deliver through a private endpoint; it shows the key of the blobs extension.'
  priority: 100
  action: 'Allow'
  tag: 'ServiceTag'
  ipAddress: 'AzureEventGrid'
}

var addressRules = [
  for (address, index) in allowedAddresses: {
    name: 'allowed-${index}'
    priority: 200 + index
    action: 'Allow'
    ipAddress: contains(address, '/') ? address : '${address}/32'
  }
]

var waiting = filter(items(alwaysReady), group => group.value > 0)

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: 'Enabled'
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      ipSecurityRestrictionsDefaultAction: private ? 'Deny' : 'Allow'
      ipSecurityRestrictions: private ? concat([eventGrid], addressRules) : []
      scmIpSecurityRestrictionsUseMain: true
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.blob}${packages}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: { name: 'python', version: pythonVersion }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        triggers: { http: { perInstanceConcurrency: httpConcurrency } }
        alwaysReady: map(waiting, group => { name: group.key, instanceCount: group.value })
      }
    }
  }
}

resource noBasicAuthentication 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = [
  for way in ['scm', 'ftp']: {
    parent: app
    name: way
    properties: { allow: false }
  }
]

resource appSettings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'appsettings'
  properties: union(settings, {
    AzureWebJobsStorage__blobServiceUri: storage.blob
    AzureWebJobsStorage__queueServiceUri: storage.queue
    AzureWebJobsStorage__tableServiceUri: storage.table
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identityClientId
    STORAGE__blobServiceUri: storage.blob
    STORAGE__queueServiceUri: storage.queue
    STORAGE__tableServiceUri: storage.table
    STORAGE__credential: 'managedidentity'
    STORAGE__clientId: identityClientId
    APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
    PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY: 'true'
    OTEL_PYTHON_DISABLED_INSTRUMENTATIONS: 'azure_sdk,django,fastapi,flask,httpx,httpx2,psycopg2,requests,urllib,urllib3'
    PAGE_DIR: '/home/site/wwwroot/web/dist'
  })
}

@description('The resource id of the app.')
output id string = app.id

@description('The name of the app.')
output name string = app.name

@description('The name of its host on the internet.')
output host string = app.properties.defaultHostName
