metadata description = 'A storage account that knows no keys: containers, queues, what browsers may do, what expires.'

@description('The name of the account.')
param name string

@description('The region.')
param location string

@description('The tags.')
param tags object

@description('How it is replicated, such as Standard_LRS.')
param sku string

@description('For how many days deleted and overwritten blobs can be had back.')
param keepDeletedDays int

@description('Whether every overwritten or deleted blob leaves a version.')
param versioned bool = false

@description('The containers it has.')
param containers array = []

@description('The queues it has.')
param queues array = []

@description('The origins of pages that may read and upload blobs by SAS.')
param origins array = []

@description('What is deleted when it is old: prefixes of blobs, with their container.')
param expiring array = []

@description('It is deleted so many days after it was written.')
param expireDays int = 30

@description('Whether only private endpoints and the allowed addresses get in.')
param private bool

@description('Whether trusted services of Azure get in although it is private, by an endpoint that lets in nobody else.')
param trusted bool = false

@description('IPv4 addresses and ranges (CIDR) of the internet that get in although it is private.')
param allowedAddresses array = []

@description('Who gets roles: principal ids by the names that roles.json uses.')
param principals object

@description('The rows of roles.json for the account.')
param roles array

var oldVersions = {
  name: 'old-versions'
  enabled: true
  type: 'Lifecycle'
  definition: {
    filters: { blobTypes: ['blockBlob'] }
    actions: {
      version: { delete: { daysAfterCreationGreaterThan: keepDeletedDays } }
    }
  }
}

var madeAnew = {
  name: 'made-anew'
  enabled: true
  type: 'Lifecycle'
  definition: {
    filters: { blobTypes: ['blockBlob'], prefixMatch: expiring }
    actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: expireDays } } }
  }
}

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: private && !trusted && empty(allowedAddresses) ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: private ? 'Deny' : 'Allow'
      bypass: 'AzureServices'
      ipRules: [
        for address in allowedAddresses: {
          action: 'Allow'
          value: endsWith(address, '/32') ? replace(address, '/32', '') : address // storage refuses /32
        }
      ]
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: versioned
    deleteRetentionPolicy: { enabled: true, days: keepDeletedDays }
    containerDeleteRetentionPolicy: { enabled: true, days: keepDeletedDays }
    cors: {
      corsRules: empty(origins)
        ? []
        : [
            {
              allowedOrigins: origins
              allowedMethods: ['GET', 'HEAD', 'PUT']
              allowedHeaders: ['*']
              exposedHeaders: ['*']
              maxAgeInSeconds: 3600
            }
          ]
    }
  }
}

resource boxes 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' = [
  for container in containers: {
    parent: blobs
    name: container
    properties: { publicAccess: 'None' }
  }
]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2025-06-01' = if (!empty(queues)) {
  parent: account
  name: 'default'
}

resource lines 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' = [
  for queue in queues: {
    parent: queueService
    name: queue
  }
]

resource policy 'Microsoft.Storage/storageAccounts/managementPolicies@2025-06-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: { rules: empty(expiring) ? [oldVersions] : [oldVersions, madeAnew] }
  }
  dependsOn: [blobs]
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in roles: {
    name: guid(account.id, principals[row.who], row.id)
    scope: account
    properties: {
      principalId: principals[row.who]
      principalType: row.who == 'operator' ? null : 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', row.id)
      description: row.why
    }
  }
]

@description('The resource id of the account.')
output id string = account.id

@description('The name of the account.')
output name string = account.name

@description('The addresses of its services: blob, queue, table.')
output endpoints object = account.properties.primaryEndpoints
