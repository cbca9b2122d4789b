metadata description = 'What wakes somebody: poison messages, failed runs, server errors, blobs that become items late, lost events.'

@description('The name of the action group.')
param actionsName string

@description('What names of alerts begin with.')
param prefix string

@description('The region of the logs.')
param location string

@description('The tags.')
param tags object

@description('Who is told. Nobody: alerts are seen in the portal only.')
param emails array

@description('The resource id of the Log Analytics workspace.')
param logsId string

@description('The resource id of the Event Grid topic.')
param topicId string

@description('The resource id of the Azure ML workspace; empty: none.')
param workspaceId string

@description('A blob should be an item after so many seconds.')
param ingestSeconds int = 120

// The texts are the Functions host's own: QueueProcessor when it gives a message up, and what it says of every
// message that it hands to a function.
var questions = [
  {
    name: 'poison-messages'
    says: 'A command or a blob was given up after five failures.'
    severity: 1
    query: 'AppTraces | where Message has "Moving message to queue" and Message has "poison"'
  }
  {
    name: 'server-errors'
    says: 'At least five requests in a quarter of an hour, and one in fifty, were answered with 5xx.'
    severity: 1
    query: 'AppRequests | where isnotempty(ResultCode) | summarize failed = countif(toint(ResultCode) between (500 .. 599)), asked = count() | where failed >= 5 and failed * 50 >= asked'
  }
  {
    name: 'ingest-lag'
    says: 'Blobs become items late: nineteen in twenty should within ${ingestSeconds} seconds.'
    severity: 2
    query: 'AppTraces | where Message startswith "Trigger Details:" | parse Message with * "BlobLastModified: " changed:datetime | where isnotnull(changed) | extend lag = datetime_diff("second", TimeGenerated, changed) | summarize late = percentile(lag, 95), blobs = count() | where blobs > 0 and late > ${ingestSeconds}'
  }
]

var meters = concat(
  [
    {
      name: 'lost-events'
      says: 'Event Grid gave up delivering blob events. The nightly refresh finds those blobs.'
      scope: topicId
      namespace: 'Microsoft.EventGrid/systemTopics'
      metric: 'DroppedEventCount'
    }
  ],
  empty(workspaceId)
    ? []
    : [
        {
          name: 'failed-runs'
          says: 'A job in the Azure ML workspace failed.'
          scope: workspaceId
          namespace: 'Microsoft.MachineLearningServices/workspaces'
          metric: 'Failed Runs'
        }
      ]
)

resource actions 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: actionsName
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'Tagwerk'
    emailReceivers: [
      for (email, index) in emails: {
        name: 'email-${index}'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for question in questions: {
    name: '${prefix}${question.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'Tagwerk: ${question.name}'
      description: question.says
      severity: question.severity
      enabled: true
      autoMitigate: true
      scopes: [logsId]
      evaluationFrequency: 'PT15M'
      windowSize: 'PT15M'
      skipQueryValidation: true // the tables appear with the first telemetry
      criteria: {
        allOf: [
          {
            query: question.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [actions.id] }
    }
  }
]

resource meterAlerts 'Microsoft.Insights/metricAlerts@2026-01-01' = [
  for meter in meters: {
    name: '${prefix}${meter.name}'
    location: 'global'
    tags: tags
    properties: {
      description: meter.says
      severity: 2
      enabled: true
      autoMitigate: true
      scopes: [meter.scope]
      evaluationFrequency: 'PT15M'
      windowSize: 'PT15M'
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            name: meter.name
            criterionType: 'StaticThresholdCriterion'
            metricNamespace: meter.namespace
            metricName: meter.metric
            timeAggregation: 'Total'
            operator: 'GreaterThan'
            threshold: 0
          }
        ]
      }
      actions: [{ actionGroupId: actions.id }]
    }
  }
]
