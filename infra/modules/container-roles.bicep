metadata description = 'Roles for one container of a storage account.'

@description('The name of the storage account.')
param storageName string

@description('The name of the container.')
param container string

@description('Who gets roles: principal ids by the names that roles.json uses.')
param principals object

@description('The rows of roles.json for the container.')
param roles array

resource box 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' existing = {
  name: '${storageName}/default/${container}'
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in roles: {
    name: guid(box.id, principals[row.who], row.id)
    scope: box
    properties: {
      principalId: principals[row.who]
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', row.id)
      description: row.why
    }
  }
]
