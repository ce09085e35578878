// The shop's tables, in an account of their own: nothing but Segue's rows, no keys, no signatures.

@description('Name of the account.')
param name string

@description('Azure region.')
param location string

@description('Tags.')
param tags object

@description('Redundancy.')
param sku string

@description('Reached through a private endpoint alone.')
param private bool

@description('Guards the account with a lock against deletion.')
param protect bool

@description('Principal id of the app.')
param appPrincipalId string

@description('Principal id of the operator; empty for none.')
param operatorPrincipalId string

@description('What the operator is.')
param operatorPrincipalType string

// Segue.Storage.Tables; a test compares the two lists.
var tableNames = [
  'Addresses'
  'Budgets'
  'Calls'
  'Codes'
  'Customers'
  'Due'
  'Facts'
  'Interest'
  'Orders'
  'Products'
  'Recommendations'
  'Reports'
  'Settings'
  'Summaries'
  'Visitors'
]

var storageTableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var storageTableDataReader = '76199698-9eea-4c19-bc75-cec21354c6b6'

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
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

  resource service 'tableServices' = {
    name: 'default'

    resource tables 'tables' = [for table in tableNames: { name: table }]
  }
}

resource contributor 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, 'app', storageTableDataContributor)
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageTableDataContributor)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorPrincipalId)) {
  name: guid(account.id, operatorPrincipalId, storageTableDataReader)
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageTableDataReader)
    principalId: operatorPrincipalId
    principalType: operatorPrincipalType
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (protect) {
  name: 'keep-the-shop-s-data'
  scope: account
  properties: { level: 'CanNotDelete', notes: 'Customers, orders and what was sent to whom.' }
}

@description('Resource id.')
output id string = account.id

@description('Name of the account.')
output name string = account.name

@description('Address of the table service.')
output tableEndpoint string = account.properties.primaryEndpoints.table
