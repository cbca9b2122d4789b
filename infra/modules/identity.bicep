metadata description = 'A user-assigned identity.'

@description('Its name.')
param name string

@description('Its region.')
param location string

@description('Its tags.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Its resource id.')
output id string = identity.id

@description('What roles are given to.')
output principalId string = identity.properties.principalId

@description('What a program names to get its tokens.')
output clientId string = identity.properties.clientId
