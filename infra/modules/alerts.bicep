metadata description = 'What wakes somebody: commands given up, failed runs, server errors, late blobs and commands, lost events.'

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

@description('A blob should be an item after so many seconds.')
param ingestSeconds int = 120

@description('A command should be begun so many seconds after it is due.')
param queueSeconds int = 600

// The measures are those of core/domain/measures.py, which are not sampled. A histogram has a row for each
// minute and set of attributes: the Sum of its values, and how many there were as ItemCount.
var questions = [
  {
    name: 'poison-messages'
    says: 'A command was given up after five failures, or a function that takes messages, blobs or time failed five times.'
    severity: 1
    query: 'AppMetrics | where Name == "tagwerk.given_up" or (Name == "tagwerk.call.seconds" and tostring(Properties["sort"]) == "message" and tostring(Properties["outcome"]) == "failed") | summarize commands = sumif(Sum, Name == "tagwerk.given_up"), failures = sumif(ItemCount, Name == "tagwerk.call.seconds") by call = tostring(Properties["call"]) | where commands > 0 or failures >= 5'
  }
  {
    name: 'server-errors'
    says: 'At least five requests in a quarter of an hour, and one in fifty, were answered with 5xx.'
    severity: 1
    query: 'AppMetrics | where Name == "tagwerk.call.seconds" and tostring(Properties["sort"]) == "request" | summarize failed = sumif(ItemCount, toint(tostring(Properties["outcome"])) >= 500), asked = sum(ItemCount) | where failed >= 5 and failed * 50 >= asked'
  }
  {
    name: 'failed-runs'
    says: 'A run failed: its job did twice, or what it wrote could not be used.'
    severity: 2
    query: 'AppMetrics | where Name == "tagwerk.run.seconds" and tostring(Properties["outcome"]) == "failed" | summarize failed = sum(ItemCount) | where failed > 0'
  }
  {
    name: 'ingest-lag'
    says: 'Blobs become items late: nineteen in twenty should within ${ingestSeconds} seconds.'
    severity: 2
    query: 'AppMetrics | where Name == "tagwerk.ingest.seconds" and ItemCount > 0 | summarize late = percentilew(Sum / ItemCount, ItemCount, 95), blobs = sum(ItemCount) | where blobs > 0 and late > ${ingestSeconds}'
  }
  {
    name: 'queue-age'
    says: 'Commands wait: nineteen in twenty should be begun within ${queueSeconds} seconds of being due.'
    severity: 2
    query: 'AppMetrics | where Name == "tagwerk.queue.seconds" and ItemCount > 0 | summarize late = percentilew(Sum / ItemCount, ItemCount, 95), commands = sum(ItemCount) | where commands > 0 and late > ${queueSeconds}'
  }
]

var meters = [
  {
    name: 'lost-events'
    says: 'Event Grid gave up delivering blob events. The nightly refresh finds those blobs.'
    scope: topicId
    namespace: 'Microsoft.EventGrid/systemTopics'
    metric: 'DroppedEventCount'
  }
]

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
      description: '${question.says} What to do: docs/operations.md, ${question.name}.'
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
      description: '${meter.says} What to do: docs/operations.md, ${meter.name}.'
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
