// The Functions app on Flex Consumption. Its code comes by deployment; nothing here holds a secret.

@description('Name of the app; a part of its address.')
param name string

@description('Name of the plan.')
param planName string

@description('Azure region.')
param location string

@description('Tags.')
param tags object

@description('The app\'s identity.')
param identityId string

@description('Its client id.')
param identityClientId string

@description('The host\'s storage account.')
param hostAccountName string

@description('Where the package is.')
param packageContainerUri string

@description('Address of the shop\'s tables.')
param tableEndpoint string

@description('Host name of the Service Bus namespace.')
param serviceBusHost string

@description('Address of SendGrid\'s key in the vault.')
param sendGridApiKeyUri string

@description('Public key of SendGrid\'s signed events; may be empty.')
param sendGridWebhookPublicKey string

@description('Address of the vault.')
param vaultUri string

@description('Where orders come from by signed webhooks; outgoing: what journeys\' own webhooks are signed with.')
param webhooks ('outgoing' | 'shopify' | 'stripe' | 'woocommerce')[]

@description('Address under which customers reach the app; may be empty.')
param publicUrl string

@description('Whether people sign in before they reach the dashboard.')
param signIn bool

@description('Where telemetry goes.')
param applicationInsightsConnectionString string

@description('Subnet for outgoing traffic; empty for none.')
param subnetId string

@description('Memory of each instance in MB.')
param instanceMemoryMB int

@description('Most instances at a time.')
param maximumInstanceCount int

@description('Instances that always wait for HTTP requests.')
param alwaysReadyHttpInstances int

// Only what is asked for: a reference to a secret that is not there would be reported as broken for ever.
var webhookSettings = {
  outgoing: { Webhooks__SigningSecret: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/outgoing-webhook-secret)' }
  shopify: { Webhooks__ShopifySecret: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/shopify-webhook-secret)' }
  stripe: { Webhooks__StripeSecret: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/stripe-webhook-secret)' }
  woocommerce: {
    Webhooks__WooCommerceSecret: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/woocommerce-webhook-secret)'
  }
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'segue' })
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    publicNetworkAccess: 'Enabled'
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUri
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyHttpInstances > 0 ? [{ name: 'http', instanceCount: alwaysReadyHttpInstances }] : []
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      ftpsState: 'Disabled'
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      // The app vouches for itself at Entra by its identity, where it would else need a secret.
      ...(signIn ? { OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: identityClientId } : {})
      ...reduce(webhooks, {}, (all, name) => union(all, webhookSettings[name]))
      AZURE_CLIENT_ID: identityClientId

      APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'

      // Else the host's own page stands where the app leads to its dashboard.
      AzureWebJobsDisableHomepage: 'true'
      AzureWebJobsStorage__accountName: hostAccountName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId

      ServiceBusConnection__fullyQualifiedNamespace: serviceBusHost
      ServiceBusConnection__credential: 'managedidentity'
      ServiceBusConnection__clientId: identityClientId

      TableStorage__serviceUri: tableEndpoint

      SendGrid__ApiKey: '@Microsoft.KeyVault(SecretUri=${sendGridApiKeyUri})'
      SendGrid__WebhookPublicKey: sendGridWebhookPublicKey

      Segue__PublicUrl: empty(publicUrl) ? 'https://${app.properties.defaultHostName}' : publicUrl
    }
  }

  // Nobody deploys with a user name and a password.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

@description('Name of the app.')
output name string = app.name

@description('Its address.')
output url string = 'https://${app.properties.defaultHostName}'
