// What somebody must be told. Names of metrics are those of Segue.Telemetry; a test compares them.

@description('Azure region.')
param location string

@description('Tags.')
param tags object

@description('The workspace that the queries read.')
param workspaceId string

@description('The Service Bus namespace.')
param serviceBusId string

@description('Where alerts are mailed; empty for none.')
param email string

@description('Minutes that the oldest due row may be late before somebody is told. Ticks come every 15 minutes, so up to that is everyday.')
param oldestDueMinutes int = 45

@description('Mails a day whose fate stays unknown before somebody is told.')
param leftUnknownPerDay int = 5

@description('Refused webhook calls in an hour before somebody is told. Strangers try now and then.')
param refusedWebhooksPerHour int = 20

// Every query gives exactly one row, also over nothing: a rule that counts rows would stay silent when telemetry stops.
var rules = [
  {
    name: 'missed-ticks'
    title: 'Segue: the timer has missed its ticks'
    description: 'RecomputeSegments ran to its end not once in 45 minutes; it should every 15. Waits and segment changes come late; nothing is lost, the next tick begins where the last one ended. Also raised while no code is deployed yet.'
    severity: 1
    window: 'PT45M'
    query: '''
      AppMetrics
      | where Name == 'segue.timer.ticks' and tostring(Properties.timer) == 'RecomputeSegments' and tostring(Properties.outcome) == 'done'
      | summarize Value = sum(Sum)
    '''
    operator: 'LessThan'
    threshold: 1
  }
  {
    name: 'failed-ticks'
    title: 'Segue: a timer failed'
    description: 'A tick of some timer ended in an error. Those of every quarter of an hour try again by themselves; Calibrate comes once a week, so look at it.'
    severity: 2
    window: 'PT1H'
    query: '''
      AppMetrics
      | where Name == 'segue.timer.ticks' and tostring(Properties.outcome) == 'failed'
      | summarize Value = sum(Sum)
    '''
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'oldest-due-row'
    title: 'Segue: due rows wait too long'
    description: 'A tick found a row that had been due for longer than ticks are apart: ticks fail half-way, or something writes into hours long closed.'
    severity: 2
    window: 'PT1H'
    query: '''
      AppMetrics
      | where Name == 'segue.due.oldest'
      | summarize Value = coalesce(max(Max), 0.0) / 60
    '''
    operator: 'GreaterThan'
    threshold: oldestDueMinutes
  }
  {
    name: 'sends-left-unknown'
    title: 'Segue: mails whose fate stays unknown'
    description: 'Mails were given up after 24 hours without a word from the mail service on whether it has them. Look whether its signed events arrive.'
    severity: 3
    window: 'P1D'
    query: '''
      AppMetrics
      | where Name == 'segue.sends' and tostring(Properties.status) == 'unknown'
      | summarize Value = sum(Sum)
    '''
    operator: 'GreaterThan'
    threshold: leftUnknownPerDay
  }
  {
    name: 'webhook-signatures'
    title: 'Segue: webhook calls with wrong signatures'
    description: 'Signed webhook calls were refused: a key that was changed on one side only, a clock that is off, or somebody who tries.'
    severity: 2
    window: 'PT1H'
    query: '''
      AppMetrics
      | where Name == 'segue.webhooks.refused'
      | summarize Value = sum(Sum)
    '''
    operator: 'GreaterThan'
    threshold: refusedWebhooksPerHour
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-segue'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'segue'
    enabled: true
    emailReceivers: [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource queries 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in rules: {
    name: 'alert-segue-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT15M'
      windowSize: rule.window
      autoMitigate: true

      // The table has no custom metrics before the app has run once.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: 'Value'
            timeAggregation: 'Total'
            operator: rule.operator
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: empty(email) ? [] : [people.id] }
    }
  }
]

resource deadLetters 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: 'alert-segue-dead-letters'
  location: 'global'
  tags: tags
  properties: {
    description: 'A queue holds dead letters: messages that can never be handled as they are, each with its reason. See "Dead letters" in docs/deploy.md.'
    severity: 2
    enabled: true
    scopes: [serviceBusId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'dead-letters'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'DeadletteredMessages'
          dimensions: [{ name: 'EntityName', operator: 'Include', values: ['*'] }]
          timeAggregation: 'Average'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: empty(email) ? [] : [{ actionGroupId: people.id }]
  }
}
