metadata description = 'What Tagwerk needs in a workspace, its own or an existing one: two clusters without nodes at rest, and roles.'

@description('The name of the workspace, in the resource group of this deployment.')
param workspaceName string

@description('The region of the workspace.')
param location string

@description('The tags.')
param tags object

@description('The resource id of the identity that jobs read and write blobs as.')
param identityId string

@description('The name of the cluster with GPUs.')
param gpuName string

@description('The machines with GPUs, such as Standard_NC4as_T4_v3.')
param gpuSize string

@description('low_priority is cheaper and may be taken away; jobs then start again where they were.')
@allowed(['low_priority', 'dedicated'])
param gpuTier string

@description('At most so many nodes with GPUs.')
param gpuMaxNodes int

@description('How long a node waits for the next job, such as PT10M.')
param idle string

@description('The name of the cluster without GPUs: consensus by model, and images where the registry is private.')
param cpuName string

@description('The machines without GPUs.')
param cpuSize string

@description('At most so many nodes without GPUs.')
param cpuMaxNodes int

@description('Whether nodes have no public address.')
param private bool

@description('Who gets roles: principal ids by the names that roles.json uses.')
param principals object

@description('The rows of roles.json for the workspace.')
param roles array

var clusters = [
  {
    name: gpuName
    size: gpuSize
    priority: gpuTier == 'low_priority' ? 'LowPriority' : 'Dedicated'
    maxNodes: gpuMaxNodes
  }
  {
    name: cpuName
    size: cpuSize
    priority: 'Dedicated'
    maxNodes: cpuMaxNodes
  }
]

resource workspace 'Microsoft.MachineLearningServices/workspaces@2025-09-01' existing = {
  name: workspaceName
}

@batchSize(1)
resource computes 'Microsoft.MachineLearningServices/workspaces/computes@2025-09-01' = [
  for cluster in clusters: {
    parent: workspace
    name: cluster.name
    location: location
    tags: tags
    identity: {
      type: 'UserAssigned'
      userAssignedIdentities: { '${identityId}': {} }
    }
    properties: {
      computeType: 'AmlCompute'
      disableLocalAuth: true
      properties: {
        vmSize: cluster.size
        vmPriority: cluster.priority
        osType: 'Linux'
        enableNodePublicIp: !private
        remoteLoginPortPublicAccess: 'Disabled'
        scaleSettings: {
          minNodeCount: 0
          maxNodeCount: cluster.maxNodes
          nodeIdleTimeBeforeScaleDown: idle
        }
      }
    }
  }
]

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in roles: {
    name: guid(workspace.id, principals[row.who], row.id)
    scope: workspace
    properties: {
      principalId: principals[row.who]
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', row.id)
      description: row.why
    }
  }
]
