using './main.bicep'

// A shop's own: copies in three buildings, guarded against deletion, one instance always ready to take orders.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'segue-prod')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param network = readEnvironmentVariable('SEGUE_NETWORK', 'public')
param alertEmail = readEnvironmentVariable('SEGUE_ALERT_EMAIL', '')
param operatorPrincipalId = readEnvironmentVariable('SEGUE_OPERATOR_ID', '')
param operatorPrincipalType = readEnvironmentVariable('SEGUE_OPERATOR_TYPE', 'Group')
param sendGridApiKey = readEnvironmentVariable('SENDGRID_API_KEY', '')
param sendGridWebhookPublicKey = readEnvironmentVariable('SENDGRID_WEBHOOK_PUBLIC_KEY', '')
param publicUrl = readEnvironmentVariable('SEGUE_PUBLIC_URL', '')
param signInClientId = readEnvironmentVariable('SEGUE_SIGN_IN_CLIENT_ID', '')
param signInGroup = readEnvironmentVariable('SEGUE_SIGN_IN_GROUP', '')
param dataRedundancy = 'Standard_ZRS'
param protectData = true
param alwaysReadyHttpInstances = 1
param maximumInstanceCount = 100
param logRetentionDays = 90
param dailyLogQuotaGb = 5
