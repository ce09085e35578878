// What the Functions host itself keeps: the package that was deployed, function keys, timers' schedules and leases. Apart from
// the shop's data, so that neither's roles reach the other.

@description('Name of the account.')
param name string

@description('Azure region.')
param location string

@description('Tags.')
param tags object

@description('Reached through private endpoints alone.')
param private bool

@description('Principal id of the app.')
param appPrincipalId string

// What the host needs of its own storage when it signs in with an identity: to create and lease blobs (keys, locks, the
// package), queues, and the table of its own diagnostic events.
var roles = [
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
]

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
    supportsHttpsTrafficOnly: true
    networkAcls: { bypass: 'None', defaultAction: private ? 'Deny' : 'Allow' }
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource packages 'containers' = {
      name: 'packages'
      properties: { publicAccess: 'None' }
    }
  }
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in roles: {
    name: guid(account.id, 'app', role)
    scope: account
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
    }
  }
]

@description('Resource id.')
output id string = account.id

@description('Name of the account.')
output name string = account.name

@description('Where the package goes.')
output packageContainerUri string = '${account.properties.primaryEndpoints.blob}${account::blobs::packages.name}'
