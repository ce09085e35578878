// For `network: private`: the app's subnet, and a private endpoint with its DNS zone for everything that the app reaches. The
// app itself stays public: the shop posts to it, and customers open its links.

@description('Makes names unique.')
param token string

@description('Azure region.')
param location string

@description('Tags.')
param tags object

@description('The shop\'s tables.')
param dataAccountId string

@description('The host\'s storage.')
param hostAccountId string

@description('The queues.')
param serviceBusId string

@description('The vault.')
param vaultId string

// Lists of plain words: a preview of the deployment can count them, as it could not what is known only while deploying.
var endpoints = [
  { name: 'data-table', target: 'data', service: 'table' }
  { name: 'host-blob', target: 'host', service: 'blob' }
  { name: 'host-queue', target: 'host', service: 'queue' }
  { name: 'host-table', target: 'host', service: 'table' }
  { name: 'bus', target: 'bus', service: 'namespace' }
  { name: 'vault', target: 'vault', service: 'vault' }
]
var services = ['blob', 'namespace', 'queue', 'table', 'vault']
var targets = { bus: serviceBusId, data: dataAccountId, host: hostAccountId, vault: vaultId }
var zoneNames = {
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  namespace: 'privatelink.servicebus.windows.net'
  queue: 'privatelink.queue.${environment().suffixes.storage}'
  table: 'privatelink.table.${environment().suffixes.storage}'
  vault: 'privatelink.vaultcore.azure.net'
}

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: 'vnet-segue-${token}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.60.0.0/16'] }
    subnets: [
      {
        // One address for each instance; Flex Consumption may run many.
        name: 'app'
        properties: {
          addressPrefix: '10.60.0.0/24'
          delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'endpoints'
        properties: { addressPrefix: '10.60.1.0/24', privateEndpointNetworkPolicies: 'Disabled' }
      }
    ]
  }

  resource app 'subnets' existing = { name: 'app' }
  resource private 'subnets' existing = { name: 'endpoints' }
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for service in services: { name: zoneNames[service], location: 'global', tags: tags }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (service, i) in services: {
    parent: zones[i]
    name: 'segue'
    location: 'global'
    tags: tags
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
]

resource privateEndpoints 'Microsoft.Network/privateEndpoints@2025-05-01' = [
  for endpoint in endpoints: {
    name: 'pe-segue-${endpoint.name}-${token}'
    location: location
    tags: tags
    properties: {
      subnet: { id: network::private.id }
      privateLinkServiceConnections: [
        {
          name: endpoint.name
          properties: { privateLinkServiceId: targets[endpoint.target], groupIds: [endpoint.service] }
        }
      ]
    }
  }
]

resource records 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-05-01' = [
  for (endpoint, i) in endpoints: {
    parent: privateEndpoints[i]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        { name: endpoint.service, properties: { privateDnsZoneId: zones[indexOf(services, endpoint.service)].id } }
      ]
    }
  }
]

@description('The app\'s subnet. Known once the names of all endpoints resolve within the network.')
output appSubnetId string = network::app.id
