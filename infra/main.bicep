// Segue on Azure: one Functions app on Flex Consumption, tables, queues, a vault for the mail service's key, logs and
// alerts, in a resource group of its own. docs/deploy.md tells how to use it.
targetScope = 'subscription'

@description('Name of the environment, such as segue-dev. The resource group is called after it, and names are derived from it.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Azure region for everything; one that offers Flex Consumption.')
param location string

@description('Private puts Service Bus on Premium and everything but the app itself behind private endpoints; public relies on identities alone. Service Bus can\'t be moved from Standard to Premium in place: see docs/deploy.md before changing it.')
@allowed(['public', 'private'])
param network string = 'public'

@description('Redundancy of the shop\'s data: Standard_LRS keeps three copies in one building, Standard_ZRS in three, Standard_GZRS one more set in the paired region.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
param dataRedundancy string = 'Standard_LRS'

@description('Whether deletion is made hard: a lock on the shop\'s data, and a vault that can\'t be purged. For production.')
param protectData bool = false

@description('Memory of each instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Most instances at a time. It bounds both the bill and the load on tables and mail service.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances that always wait for HTTP requests; 0 scales to nothing, at the price of a cold start for the first order after a pause.')
@minValue(0)
@maxValue(20)
param alwaysReadyHttpInstances int = 0

@description('Where alerts are mailed; empty for none.')
param alertEmail string = ''

@description('Days that logs and metrics are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Most gigabytes of logs a day, so that a fault can\'t fill the bill; -1 is no limit.')
param dailyLogQuotaGb int = 1

@description('Object id of the person or group that looks after the installation: may read the tables, replay dead letters and set the mail service\'s key. Empty for none.')
param operatorPrincipalId string = ''

@description('What the operator is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorPrincipalType string = 'User'

@description('SendGrid\'s API key, put into the vault where it is given; where it is empty, the vault keeps what it has.')
@secure()
param sendGridApiKey string = ''

@description('Public key of SendGrid\'s signed event webhook, in Base64 as its settings page shows it. Not a secret. Empty: its events are refused.')
param sendGridWebhookPublicKey string = ''

@description('Services that post orders by signed webhooks, and outgoing for those that journeys call; the secret of each is NAME-webhook-secret in the vault, set by an operator.')
param webhooks ('outgoing' | 'shopify' | 'stripe' | 'woocommerce')[] = []

@description('Address under which customers reach the app, for links in mails; empty takes the app\'s own name at Azure.')
param publicUrl string = ''

@description('Client id of the app registration that people sign in to before they reach the dashboard; empty for no sign-in. docs/security.md tells what it does.')
param signInClientId string = ''

@description('Object id of the group that may come in; empty for everybody whom the registration lets in.')
param signInGroup string = ''

@description('More paths that need no sign-in, besides those of webhooks, links and the shop\'s intake; each stands for all that begins with it, and the function key is still asked for.')
param signInExcept string[] = []

@description('Tags on everything, besides azd\'s own.')
param tags object = {}

var token = toLower(uniqueString(subscription().id, environmentName, location))
var allTags = union(tags, { 'azd-env-name': environmentName })
var private = network == 'private'
var signIn = !empty(signInClientId)

// What people reach without an account, and what proves by a key or a signature who calls. A test holds it against the routes.
var openPaths = [
  '/api/browser/'
  '/api/cloudevents'
  '/api/codes/'
  '/api/events'
  '/api/orders'
  '/api/products'
  '/api/sendgrid/'
  '/api/shopify/'
  '/api/stripe/'
  '/api/woocommerce/'
  '/health'
  '/survey/'
  '/unsubscribe/'
]

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: allTags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: 'id-segue-${token}', location: location, tags: allTags }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: allTags
    retentionDays: logRetentionDays
    dailyQuotaGb: dailyLogQuotaGb
    publisherPrincipalId: identity.outputs.principalId
  }
}

module messaging 'modules/messaging.bicep' = {
  scope: group
  params: {
    name: 'sb-segue-${token}'
    location: location
    tags: allTags
    private: private
    appPrincipalId: identity.outputs.principalId
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
  }
}

module data 'modules/data.bicep' = {
  scope: group
  params: {
    name: 'stdata${token}'
    location: location
    tags: allTags
    sku: dataRedundancy
    private: private
    protect: protectData
    appPrincipalId: identity.outputs.principalId
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
  }
}

module host 'modules/host.bicep' = {
  scope: group
  params: {
    name: 'sthost${token}'
    location: location
    tags: allTags
    private: private
    appPrincipalId: identity.outputs.principalId
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: allTags
    private: private
    protect: protectData
    appPrincipalId: identity.outputs.principalId
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    sendGridApiKey: sendGridApiKey
    workspaceId: monitoring.outputs.workspaceId
  }
}

module net 'modules/network.bicep' = if (private) {
  scope: group
  params: {
    token: token
    location: location
    tags: allTags
    dataAccountId: data.outputs.id
    hostAccountId: host.outputs.id
    serviceBusId: messaging.outputs.id
    vaultId: vault.outputs.id
  }
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    name: 'func-segue-${token}'
    planName: 'plan-segue-${token}'
    location: location
    tags: allTags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    hostAccountName: host.outputs.name
    packageContainerUri: host.outputs.packageContainerUri
    tableEndpoint: data.outputs.tableEndpoint
    serviceBusHost: messaging.outputs.host
    sendGridApiKeyUri: vault.outputs.sendGridApiKeyUri
    sendGridWebhookPublicKey: sendGridWebhookPublicKey
    vaultUri: vault.outputs.uri
    webhooks: webhooks
    publicUrl: publicUrl
    signIn: signIn
    applicationInsightsConnectionString: monitoring.outputs.applicationInsightsConnectionString
    subnetId: private ? net!.outputs.appSubnetId : ''
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyHttpInstances: alwaysReadyHttpInstances
  }
}

module signin 'modules/signin.bicep' = if (signIn) {
  scope: group
  dependsOn: [app]
  params: {
    appName: 'func-segue-${token}'
    clientId: signInClientId
    allowedGroups: empty(signInGroup) ? [] : [signInGroup]
    openPaths: concat(openPaths, signInExcept)
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: allTags
    workspaceId: monitoring.outputs.workspaceId
    serviceBusId: messaging.outputs.id
    email: alertEmail
  }
}

@description('The resource group that holds everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the Functions app: what azd and the workflow deploy to.')
output AZURE_FUNCTION_APP_NAME string = app.outputs.name

@description('Where the shop posts its orders: this address with /api/orders.')
output SEGUE_URL string = app.outputs.url

@description('The vault; the mail service\'s key is its secret sendgrid-api-key.')
output AZURE_KEY_VAULT_NAME string = vault.outputs.name

@description('The Service Bus namespace, for looking at queues and dead letters.')
output AZURE_SERVICE_BUS_NAMESPACE string = messaging.outputs.name

@description('The storage account with the shop\'s tables.')
output AZURE_DATA_ACCOUNT_NAME string = data.outputs.name
