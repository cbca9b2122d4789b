metadata description = 'Tagwerk in a resource group: private, keyless, without cost at rest but for what docs/cost.md lists.'

targetScope = 'resourceGroup'

@description('The name of the environment; names are made from it and the resource group.')
@minLength(1)
param environmentName string

@description('The region of everything.')
param location string = resourceGroup().location

@description('Which file of infra/environments/ says how big, how safe and how cheap things are.')
@allowed(['dev', 'production'])
param environmentType string = 'dev'

@description('The client id of the app registration (infra/hooks/register-app.sh). Without it the app only says so.')
param oidcClientId string = '' // a default, because azd asks for what has none before its hooks run

@description('Who issues tokens. The default is the tenant of the subscription.')
param oidcIssuer string = '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'

@description('The version of Python: 3.12, or 3.13, which the worker in tests/infra/test_worker.py runs on.')
@allowed(['3.12', '3.13'])
param pythonVersion string = '3.12'

@description('A project may have at most so many items.')
@minValue(1)
param maxItems int = 500000

@description('When the nightly refresh runs: six fields of NCRONTAB, in UTC.')
param reconcileSchedule string = '0 0 3 * * *'

@description('When runs, due refreshes and stuck work are looked after: six fields of NCRONTAB. More often costs more at rest.')
param lookAfterSchedule string = '15 * * * * *'

@description('Hosts that may get webhooks although they are not public, separated by commas.')
param webhookHosts string = ''

@description('Origins of further front ends and of own domains that upload and read blobs, separated by commas.')
param origins string = ''

@description('How many instances wait for requests, and cost, all the time. -1: as the environment says.')
@minValue(-1)
param alwaysReadyHttp int = -1

@description('new: a workspace of its own. existing: that of workspaceId. none: no ML assist.')
@allowed(['new', 'existing', 'none'])
param machineLearning string = 'new'

@description('The resource id of an existing Azure ML workspace.')
param workspaceId string = ''

@description('The region of an existing Azure ML workspace. Empty: the same.')
param workspaceLocation string = ''

@description('The machines with GPUs. Empty: as the environment says.')
param gpuSize string = ''

@description('low_priority or dedicated. Empty: as the environment says.')
@allowed(['', 'low_priority', 'dedicated'])
param gpuTier string = ''

@description('At most so many nodes with GPUs. 0: as the environment says.')
@minValue(0)
param gpuMaxNodes int = 0

@description('Prices that differ from those of the environment, as gpu_hour=0.6,currency=EUR: docs/cost.md.')
param prices string = ''

@description('What jobs run in: a registered environment. The default is what infra/hooks/register-environment.sh registers.')
param jobEnvironment string = ''

@description('Whether storage, workspace and registry are reached by private endpoints alone.')
param privateNetwork bool = false

@description('The addresses of the private network, a /24 at least.')
param networkAddresses string = '10.80.0.0/24'

@description('IPv4 addresses or ranges (CIDR) of the internet that get in although it is private, separated by commas.')
param allowedAddresses string = ''

@description('Who is told of alerts and of the budget, separated by commas.')
param alertEmails string = ''

@description('What may be spent a month before people are told. 0: as the environment says.')
@minValue(0)
param monthlyBudget int = 0

@description('The first day of the month of the first deployment, such as 2026-11-01. Empty: no budget.')
param budgetStart string = ''

@description('Who deploys: may upload what the image of the jobs is built from.')
param operatorId string = deployer().objectId

var names = loadJsonContent('names.json')
var environments = {
  dev: loadJsonContent('environments/dev.json')
  production: loadJsonContent('environments/production.json')
}
var size = environments[environmentType]
var prefixes = names.prefixes
var token = toLower(uniqueString(resourceGroup().id, environmentName))
var tags = { 'azd-env-name': environmentName }

var withWorkspace = machineLearning != 'none'
var ownWorkspace = machineLearning == 'new'
var given = ownWorkspace ? ['app', 'jobs', 'workspace', 'operator'] : withWorkspace ? ['app', 'jobs'] : ['app']
var roles = filter(
  loadJsonContent('roles.json'),
  row => contains(given, row.who) && (privateNetwork || !contains(row, 'when'))
)
var principals = {
  app: appIdentity.outputs.principalId
  jobs: withWorkspace ? jobsIdentity!.outputs.principalId : ''
  workspace: ownWorkspace ? workspaceIdentity!.outputs.principalId : ''
  operator: operatorId
}

var appContainer = names.containers.app
var appName = '${prefixes.app}${token}'
var addressList = empty(allowedAddresses) ? [] : split(replace(allowedAddresses, ' ', ''), ',')
var emailList = empty(alertEmails) ? [] : split(replace(alertEmails, ' ', ''), ',')

var ownWorkspaceId = resourceId('Microsoft.MachineLearningServices/workspaces', '${prefixes.workspace}${token}')
var workspaceParts = split(machineLearning == 'existing' ? workspaceId : ownWorkspaceId, '/')
var workspaceSubscription = workspaceParts[2]
var workspaceGroup = workspaceParts[4]
var workspaceName = workspaceParts[8]
var clusterLocation = ownWorkspace || empty(workspaceLocation) ? location : workspaceLocation
var gpu = {
  size: empty(gpuSize) ? size.gpu.size : gpuSize
  tier: empty(gpuTier) ? size.gpu.tier : gpuTier
  maxNodes: gpuMaxNodes > 0 ? gpuMaxNodes : size.gpu.maxNodes
}
var jobsRunIn = empty(jobEnvironment) ? 'azureml:${names.jobEnvironment}@latest' : jobEnvironment

module appIdentity 'modules/identity.bicep' = {
  name: 'app-identity'
  params: { name: '${prefixes.appIdentity}${token}', location: location, tags: tags }
}

module jobsIdentity 'modules/identity.bicep' = if (withWorkspace) {
  name: 'jobs-identity'
  params: { name: '${prefixes.jobsIdentity}${token}', location: location, tags: tags }
}

module workspaceIdentity 'modules/identity.bicep' = if (ownWorkspace) {
  name: 'workspace-identity'
  params: { name: '${prefixes.workspaceIdentity}${token}', location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    logsName: '${prefixes.logs}${token}'
    insightsName: '${prefixes.insights}${token}'
    location: location
    tags: tags
    logDays: size.logDays
    principals: principals
    roles: filter(roles, row => row.on == 'insights')
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    name: '${prefixes.storage}${token}'
    location: location
    tags: tags
    sku: size.storageSku
    keepDeletedDays: size.keepDeletedDays
    versioned: true
    containers: [names.containers.data, appContainer, names.containers.packages]
    queues: concat(names.queues, map(names.queues, queue => '${queue}-poison'))
    origins: concat(['https://${appName}.azurewebsites.net'], empty(origins) ? [] : split(replace(origins, ' ', ''), ','))
    expiring: map(names.expiring, folder => '${appContainer}/${folder}')
    expireDays: size.expireDays
    private: privateNetwork
    allowedAddresses: addressList
    principals: principals
    roles: filter(roles, row => row.on == 'storage')
  }
}

module appContainerRoles 'modules/container-roles.bicep' = {
  name: 'app-container-roles'
  params: {
    storageName: storage.outputs.name
    container: appContainer
    principals: principals
    roles: filter(roles, row => row.on == 'appContainer')
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  name: 'network'
  params: {
    name: '${prefixes.network}${token}'
    location: location
    tags: tags
    addresses: networkAddresses
    withWorkspace: ownWorkspace
  }
}

module storageEndpoints 'modules/private-endpoint.bicep' = [
  for part in ['blob', 'queue', 'table']: if (privateNetwork) {
    name: 'endpoint-${part}'
    params: {
      name: '${prefixes.endpoint}${part}-${token}'
      location: location
      tags: tags
      subnetId: network!.outputs.endpointSubnetId
      targetId: storage.outputs.id
      part: part
      zoneIds: [network!.outputs.zoneIds[part]]
    }
  }
]

module app 'modules/function-app.bicep' = {
  name: 'function-app'
  params: {
    planName: '${prefixes.plan}${token}'
    name: appName
    location: location
    tags: tags
    identityId: appIdentity.outputs.id
    identityClientId: appIdentity.outputs.clientId
    storage: storage.outputs.endpoints
    packages: names.containers.packages
    pythonVersion: pythonVersion
    instanceMemoryMB: size.instanceMemoryMB
    maximumInstanceCount: size.maximumInstanceCount
    httpConcurrency: size.httpConcurrency
    alwaysReady: union(size.alwaysReady, alwaysReadyHttp < 0 ? {} : { http: alwaysReadyHttp })
    insightsConnectionString: monitoring.outputs.connectionString
    settings: union(
      {
        DATA_CONTAINER: names.containers.data
        APP_CONTAINER: appContainer
        MAX_ITEMS: string(maxItems)
        OIDC_ISSUER: oidcIssuer
        OIDC_AUDIENCE: oidcClientId
        OIDC_CLIENT_ID: oidcClientId
        OIDC_SCOPE: 'openid profile email offline_access ${oidcClientId}/.default'
        RECONCILE_SCHEDULE: reconcileSchedule
        LOOK_AFTER_SCHEDULE: lookAfterSchedule
        WEBHOOK_ALLOWED_HOSTS: webhookHosts
        PRICES: '${size.prices},memory_mb=${size.instanceMemoryMB},${prices}'
      },
      withWorkspace
        ? {
            AZURE_ML_SUBSCRIPTION: workspaceSubscription
            AZURE_ML_RESOURCE_GROUP: workspaceGroup
            AZURE_ML_WORKSPACE: workspaceName
            AZURE_ML_CLUSTER: names.clusters.gpu
            AZURE_ML_SIZE: gpu.size
            AZURE_ML_TIER: gpu.tier
            AZURE_ML_MAX_NODES: string(gpu.maxNodes)
            AZURE_ML_CPU_CLUSTER: names.clusters.cpu
            AZURE_ML_CPU_SIZE: size.cpu.size
            AZURE_ML_ENVIRONMENT: jobsRunIn
            AZURE_ML_IDENTITY: jobsIdentity!.outputs.id
          }
        : {}
    )
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    private: privateNetwork
    allowedAddresses: addressList
  }
  dependsOn: [storageEndpoints]
}

module appEndpoint 'modules/private-endpoint.bicep' = if (privateNetwork) {
  name: 'endpoint-app'
  params: {
    name: '${prefixes.endpoint}app-${token}'
    location: location
    tags: tags
    subnetId: network!.outputs.endpointSubnetId
    targetId: app.outputs.id
    part: 'sites'
    zoneIds: [network!.outputs.zoneIds.sites]
  }
}

module events 'modules/events.bicep' = {
  name: 'events'
  params: { name: '${prefixes.topic}${token}', location: location, tags: tags, storageId: storage.outputs.id }
}

module workspace 'modules/workspace.bicep' = if (ownWorkspace) {
  name: 'workspace'
  params: {
    name: workspaceName
    storageName: '${prefixes.workspaceStorage}${token}'
    vaultName: '${prefixes.vault}${token}'
    registryName: '${prefixes.registry}${token}'
    endpointPrefix: '${prefixes.endpoint}ml-${token}-'
    location: location
    tags: tags
    storageSku: size.storageSku
    keepDeletedDays: size.keepDeletedDays
    itemStorageId: storage.outputs.id
    insightsId: monitoring.outputs.insightsId
    identityId: workspaceIdentity!.outputs.id
    imageBuilder: names.clusters.cpu
    private: privateNetwork
    allowedAddresses: addressList
    subnetId: privateNetwork ? network!.outputs.endpointSubnetId : ''
    zoneIds: privateNetwork ? network!.outputs.zoneIds : {}
    principals: principals
    roles: roles
  }
}

module clusters 'modules/clusters.bicep' = if (withWorkspace) {
  name: 'clusters'
  scope: resourceGroup(workspaceSubscription, workspaceGroup)
  params: {
    workspaceName: ownWorkspace ? workspace!.outputs.name : workspaceName
    location: clusterLocation
    tags: tags
    identityId: jobsIdentity!.outputs.id
    gpuName: names.clusters.gpu
    gpuSize: gpu.size
    gpuTier: gpu.tier
    gpuMaxNodes: gpu.maxNodes
    idle: size.gpu.idle
    cpuName: names.clusters.cpu
    cpuSize: size.cpu.size
    cpuMaxNodes: size.cpu.maxNodes
    private: privateNetwork
    principals: principals
    roles: filter(roles, row => row.on == 'workspace')
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    actionsName: '${prefixes.actions}${token}'
    prefix: '${prefixes.alert}${token}-'
    location: location
    tags: tags
    emails: emailList
    logsId: monitoring.outputs.logsId
    topicId: events.outputs.id
  }
}

module monthly 'modules/budget.bicep' = if (!empty(budgetStart) && !empty(emailList)) {
  name: 'budget'
  params: {
    name: '${prefixes.budget}${token}'
    amount: monthlyBudget > 0 ? monthlyBudget : size.monthlyBudget
    start: budgetStart
    emails: emailList
  }
}

@description('The address of the app.')
output TAGWERK_URL string = 'https://${app.outputs.host}'

@description('The name of the function app.')
output TAGWERK_APP string = app.outputs.name

@description('The storage account of the items.')
output TAGWERK_STORAGE string = storage.outputs.name

@description('The container whose new blobs become items at once.')
output TAGWERK_DATA_CONTAINER string = names.containers.data

@description('The Event Grid topic of the storage account.')
output TAGWERK_TOPIC string = events.outputs.name

@description('The function that takes new blobs.')
output TAGWERK_INGEST_FUNCTION string = names.ingestFunction

@description('The subscription of the Azure ML workspace; empty: none.')
output TAGWERK_ML_SUBSCRIPTION string = withWorkspace ? workspaceSubscription : ''

@description('The resource group of the Azure ML workspace; empty: none.')
output TAGWERK_ML_RESOURCE_GROUP string = withWorkspace ? workspaceGroup : ''

@description('The Azure ML workspace; empty: none.')
output TAGWERK_ML_WORKSPACE string = withWorkspace ? workspaceName : ''

@description('What the environment of jobs is registered as.')
output TAGWERK_JOB_ENVIRONMENT string = names.jobEnvironment

@description('The principal id of the identity that jobs work as, which needs roles around an existing workspace.')
output TAGWERK_JOBS_PRINCIPAL string = withWorkspace ? jobsIdentity!.outputs.principalId : ''
