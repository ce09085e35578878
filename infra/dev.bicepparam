using './main.bicep'

// To try things out: scales to nothing, three copies in one building, deleted without ado.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'segue-dev')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param alertEmail = readEnvironmentVariable('SEGUE_ALERT_EMAIL', '')
param operatorPrincipalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param sendGridApiKey = readEnvironmentVariable('SENDGRID_API_KEY', '')
param sendGridWebhookPublicKey = readEnvironmentVariable('SENDGRID_WEBHOOK_PUBLIC_KEY', '')
param publicUrl = readEnvironmentVariable('SEGUE_PUBLIC_URL', '')
param signInClientId = readEnvironmentVariable('SEGUE_SIGN_IN_CLIENT_ID', '')
param signInGroup = readEnvironmentVariable('SEGUE_SIGN_IN_GROUP', '')
