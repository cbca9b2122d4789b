metadata description = 'Where telemetry goes: a Log Analytics workspace, Application Insights that takes no keys, a workbook.'

@description('The name of the Log Analytics workspace.')
param logsName string

@description('The name of the Application Insights component.')
param insightsName string

@description('The region.')
param location string

@description('The tags.')
param tags object

@description('For how many days telemetry is kept; the first 31 are free.')
param logDays int

@description('Who gets roles: principal ids by the names that roles.json uses.')
param principals object

@description('The rows of roles.json for the component.')
param roles array

resource logs 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: logsName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: logDays
    features: { disableLocalAuth: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logs.id
    DisableLocalAuth: true
  }
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for row in roles: {
    name: guid(insights.id, principals[row.who], row.id)
    scope: insights
    properties: {
      principalId: principals[row.who]
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', row.id)
      description: row.why
    }
  }
]

module workbook 'workbook.bicep' = {
  name: 'workbook'
  params: { location: location, tags: tags, insightsId: insights.id, logsId: logs.id }
}

@description('The resource id of the Log Analytics workspace.')
output logsId string = logs.id

@description('The resource id of the Application Insights component.')
output insightsId string = insights.id

@description('Where telemetry is sent; it authorizes nobody, because keys are off.')
output connectionString string = insights.properties.ConnectionString
