metadata description = 'An Azure ML workspace that knows no keys, with the storage, the vault and the registry that it asks for.'

@description('The name of the workspace.')
param name string

@description('The name of its key vault. Azure ML asks for one; Tagwerk puts nothing there.')
param vaultName string

@description('The name of its container registry: the image of the jobs.')
param registryName string

@description('The region.')
param location string

@description('The tags.')
param tags object

@description('The name of its storage account: logs, snapshots, images in the making.')
param storageName string

@description('How that is replicated, such as Standard_LRS.')
param storageSku string

@description('For how many days what is deleted there can be had back.')
param keepDeletedDays int

@description('The resource id of the storage account that the items lie in.')
param itemStorageId string

@description('The resource id of the Application Insights component that Azure ML asks for.')
param insightsId string

@description('The resource id of the identity that the workspace works as.')
param identityId string

@description('The cluster that builds images where the registry is private.')
param imageBuilder string

@description('Whether the workspace, its vault and its registry are reached by private endpoints alone.')
param private bool

@description('IPv4 addresses and ranges (CIDR) of the internet that reach the storage although it is private.')
param allowedAddresses array

@description('What names of private endpoints begin with.')
param endpointPrefix string

@description('The subnet of private endpoints; empty: none.')
param subnetId string

@description('Private DNS zones: blob, workspace, notebooks.')
param zoneIds object

@description('Who gets roles: principal ids by the names that roles.json uses.')
param principals object

@description('The rows of roles.json.')
param roles array

var openNetwork = { isolationMode: 'Disabled' }

var managedNetwork = {
  isolationMode: 'AllowInternetOutbound' // nodes fetch pretrained models; approving each host costs a firewall
  outboundRules: {
    items: {
      type: 'PrivateEndpoint'
      category: 'UserDefined'
      destination: {
        serviceResourceId: itemStorageId
        subresourceTarget: 'blob'
        sparkEnabled: false
      }
    }
  }
}

module storage 'storage.bicep' = {
  name: 'workspace-storage'
  params: {
    name: storageName
    location: location
    tags: tags
    sku: storageSku
    keepDeletedDays: keepDeletedDays
    private: private
    trusted: true
    allowedAddresses: allowedAddresses
    principals: principals
    roles: filter(roles, row => row.on == 'workspaceStorage')
  }
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: vaultName
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
    publicNetworkAccess: 'Enabled' // Disabled would keep Azure ML out too, which makes the workspace
    networkAcls: {
      defaultAction: private ? 'Deny' : 'Allow'
      bypass: 'AzureServices'
    }
  }
}

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' = {
  name: registryName
  location: location
  tags: tags
  sku: { name: private ? 'Premium' : 'Basic' } // only Premium has private endpoints
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
    networkRuleBypassOptions: 'AzureServices'
  }
}

resource vaultAssignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in filter(roles, each => each.on == 'vault'): {
    name: guid(vault.id, principals[row.who], row.id)
    scope: vault
    properties: {
      principalId: principals[row.who]
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', row.id)
      description: row.why
    }
  }
]

resource registryAssignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in filter(roles, each => each.on == 'registry'): {
    name: guid(registry.id, principals[row.who], row.id)
    scope: registry
    properties: {
      principalId: principals[row.who]
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', row.id)
      description: row.why
    }
  }
]

resource workspace 'Microsoft.MachineLearningServices/workspaces@2025-09-01' = {
  name: name
  location: location
  tags: tags
  kind: 'Default'
  sku: { name: 'Basic', tier: 'Basic' }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    friendlyName: 'Tagwerk'
    storageAccount: storage.outputs.id
    keyVault: vault.id
    containerRegistry: registry.id
    applicationInsights: insightsId
    primaryUserAssignedIdentity: identityId
    systemDatastoresAuthMode: 'identity'
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
    managedNetwork: private ? managedNetwork : openNetwork
    imageBuildCompute: private ? imageBuilder : null
    v1LegacyMode: false
  }
  dependsOn: [vaultAssignments, registryAssignments]
}

module storageEndpoint 'private-endpoint.bicep' = if (private) {
  name: 'endpoint-workspace-storage'
  params: {
    name: '${endpointPrefix}blob'
    location: location
    tags: tags
    subnetId: subnetId
    targetId: storage.outputs.id
    part: 'blob'
    zoneIds: [zoneIds.blob]
  }
}

module endpoint 'private-endpoint.bicep' = if (private) {
  name: 'endpoint-workspace'
  params: {
    name: '${endpointPrefix}workspace'
    location: location
    tags: tags
    subnetId: subnetId
    targetId: workspace.id
    part: 'amlworkspace'
    zoneIds: [zoneIds.workspace, zoneIds.notebooks]
  }
}

@description('The name of the workspace.')
output name string = workspace.name
