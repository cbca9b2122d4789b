metadata description = 'The workbook: labeling, friction, lag, runs, cost and failures at a glance.'

@description('The region.')
param location string

@description('The tags.')
param tags object

@description('The resource id of the Application Insights component in whose gallery it stands.')
param insightsId string

@description('The resource id of the Log Analytics workspace that it asks.')
param logsId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(insightsId, 'workbook')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Tagwerk'
    category: 'workbook'
    version: 'Notebook/1.0'
    sourceId: insightsId
    serializedData: replace(loadTextContent('../workbook.json'), '{logsId}', logsId)
  }
}
