metadata description = 'A network: a subnet that the app sends through, one for private endpoints, and DNS zones for their names.'

@description('The name of the network.')
param name string

@description('The region.')
param location string

@description('The tags.')
param tags object

@description('Its addresses, a /24 at least, such as 10.80.0.0/24.')
param addresses string

@description('Whether there is an Azure ML workspace to name.')
param withWorkspace bool

var storageZones = {
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  queue: 'privatelink.queue.${environment().suffixes.storage}'
  table: 'privatelink.table.${environment().suffixes.storage}'
  sites: 'privatelink.azurewebsites.net'
}

var workspaceZones = {
  workspace: 'privatelink.api.azureml.ms'
  notebooks: 'privatelink.notebooks.azure.net'
}

var zones = withWorkspace ? union(storageZones, workspaceZones) : storageZones

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addresses] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addresses, 26, 0)
          defaultOutboundAccess: true // the app asks Entra ID for keys, Azure ML for jobs, and calls webhooks
          delegations: [
            {
              name: 'flex'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addresses, 26, 1)
          defaultOutboundAccess: false
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }
}

resource privateZones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zone in items(zones): {
    name: zone.value
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zone, index) in items(zones): {
    parent: privateZones[index]
    name: name
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: network.id }
    }
  }
]

@description('The subnet that the app sends its traffic through.')
output appSubnetId string = resourceId('Microsoft.Network/virtualNetworks/subnets', network.name, 'app')

@description('The subnet of private endpoints.')
output endpointSubnetId string = resourceId('Microsoft.Network/virtualNetworks/subnets', network.name, 'endpoints')

@description('The resource ids of the zones, by what they name: blob, queue, table, sites, workspace, notebooks.')
output zoneIds object = toObject(
  items(zones),
  zone => zone.key,
  zone => resourceId('Microsoft.Network/privateDnsZones', zone.value)
)
