// The queues. Every property is written down: what Azure would choose is not what Segue's handlers were tested against.

@description('Name of the namespace.')
param name string

@description('Azure region.')
param location string

@description('Tags.')
param tags object

@description('Premium, reached through private endpoints alone; else Standard.')
param private bool

@description('Principal id of the app.')
param appPrincipalId string

@description('Principal id of the operator; empty for none.')
param operatorPrincipalId string

@description('What the operator is.')
param operatorPrincipalType string

// Segue.Messaging.Queues; a test compares the two lists.
var queueNames = [
  'customers'
  'emails'
  'journey-steps'
  'shard-work'
  'webhooks'
]

var serviceBusDataOwner = '090c5cfd-751d-490a-894a-3ce6f1109419'
var forever = 'P10675199DT2H48M5.4775807S'

resource namespace 'Microsoft.ServiceBus/namespaces@2026-01-01' = {
  name: name
  location: location
  tags: tags
  sku: private ? { name: 'Premium', tier: 'Premium', capacity: 1 } : { name: 'Standard', tier: 'Standard' }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
  }
}

resource queues 'Microsoft.ServiceBus/namespaces/queues@2026-01-01' = [
  for queue in queueNames: {
    parent: namespace
    name: queue
    properties: {
      status: 'Active'

      // Longer than any step of a handler takes; the host renews it while a handler runs.
      lockDuration: 'PT5M'

      // Only permanent errors count: what may pass is put back as a delayed copy (Segue.Messaging.Reliably).
      maxDeliveryCount: 10

      // Handlers are idempotent, and sending a name again is how a crashed one repairs its work: the broker must not
      // swallow the second copy.
      requiresDuplicateDetection: false
      duplicateDetectionHistoryTimeWindow: 'PT10M'
      requiresSession: false

      // An app that stands still for two weeks loses nothing: what expires goes to the dead letters, which raise an alert.
      defaultMessageTimeToLive: 'P14D'
      deadLetteringOnMessageExpiration: true

      // A full queue refuses, and intake answers 503 with Retry-After. 5 GB is the most that Standard has.
      maxSizeInMegabytes: 5120
      maxMessageSizeInKilobytes: private ? 1024 : null
      enablePartitioning: false
      enableExpress: false
      enableBatchedOperations: true
      autoDeleteOnIdle: forever
    }
  }
]

// To send and receive would do for the handlers. But scaling asks for each queue's length under the same identity, and that
// takes the right to manage the queue. Without it Functions peeks at the first few messages instead; where those are
// scheduled for later, as in journey-steps they are, it sees nothing to do and wakes nobody. So: owner, of these queues and
// of nothing else in the namespace (docs/adr).
resource owners 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (queue, i) in queueNames: {
    name: guid(namespace.id, queue, 'app', serviceBusDataOwner)
    scope: queues[i]
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', serviceBusDataOwner)
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
    }
  }
]

resource operator 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorPrincipalId)) {
  name: guid(namespace.id, operatorPrincipalId, serviceBusDataOwner)
  scope: namespace
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', serviceBusDataOwner)
    principalId: operatorPrincipalId
    principalType: operatorPrincipalType
  }
}

@description('Resource id of the namespace.')
output id string = namespace.id

@description('Name of the namespace.')
output name string = namespace.name

@description('Its host name, as connections write it.')
output host string = replace(replace(namespace.properties.serviceBusEndpoint, 'https://', ''), ':443/', '')
