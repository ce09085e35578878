// Logs, traces and metrics: one workspace, and Application Insights in front of it. Only identities may write.

@description('Makes names unique.')
param token string

@description('Azure region.')
param location string

@description('Tags.')
param tags object

@description('Days that everything is kept.')
param retentionDays int

@description('Most gigabytes a day; -1 is no limit.')
param dailyQuotaGb int

@description('Principal id of the app.')
param publisherPrincipalId string

var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: 'log-segue-${token}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    features: { disableLocalAuth: true }
    workspaceCapping: { dailyQuotaGb: dailyQuotaGb }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-segue-${token}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
    // Client addresses are personal data; Azure writes 0.0.0.0 in their place.
    DisableIpMasking: false
  }
}

resource publisher 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, 'app', monitoringMetricsPublisher)
  scope: insights
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
    principalId: publisherPrincipalId
    principalType: 'ServicePrincipal'
  }
}

@description('The workspace, for alerts and audit logs.')
output workspaceId string = workspace.id

@description('Says where telemetry goes; with local authentication off it lets nobody write.')
output applicationInsightsConnectionString string = insights.properties.ConnectionString
