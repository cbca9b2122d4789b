metadata description = 'A private endpoint, and the names that lead to it.'

@description('The name of the endpoint.')
param name string

@description('The region of the network.')
param location string

@description('The tags.')
param tags object

@description('The subnet that it gets an address in.')
param subnetId string

@description('The resource id of what it leads to.')
param targetId string

@description('Which part of that, such as blob.')
param part string

@description('The resource ids of the private DNS zones that its names go to.')
param zoneIds array

resource endpoint 'Microsoft.Network/privateEndpoints@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      {
        name: part
        properties: { privateLinkServiceId: targetId, groupIds: [part] }
      }
    ]
  }
}

resource names 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-05-01' = {
  parent: endpoint
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      for (zoneId, index) in zoneIds: {
        name: 'zone-${index}'
        properties: { privateDnsZoneId: zoneId }
      }
    ]
  }
}
