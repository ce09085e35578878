// Sign-in with Microsoft Entra before the dashboard and all that it asks for (App Service authentication). It stands before the
// Functions host: who is not signed in never reaches it, and who is still needs the function key. Without a secret: the app proves
// itself to Entra by its own identity, which the registration trusts (docs/deploy.md tells how to make one).

@description('Name of the app.')
param appName string

@description('Client id of the app registration that people sign in to.')
param clientId string

@description('The only people and groups who may come in, by object id; empty for everybody whom the registration lets in.')
param allowedGroups string[]

@description('What needs no sign-in, because whoever calls proves otherwise who they are: by a key, a signature or a sealed link. Each stands for all that begins with it.')
param openPaths string[]

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: appName
}

resource auth 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'RedirectToLoginPage'
      redirectToProvider: 'azureactivedirectory'
      excludedPaths: openPaths
    }
    httpSettings: { requireHttps: true }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: clientId
          // Not a secret: it names the setting that holds the client id of the identity which vouches for the app.
          clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
        }
        validation: {
          allowedAudiences: [clientId, 'api://${clientId}']
          defaultAuthorizationPolicy: { allowedPrincipals: { groups: allowedGroups } }
        }
      }
    }
    login: {
      // Tokens of people are of no use to the app: none are kept.
      tokenStore: { enabled: false }
      preserveUrlFragmentsForLogins: true
      cookieExpiration: { convention: 'FixedTime', timeToExpiration: '08:00:00' }
      nonce: { validateNonce: true }
    }
  }
}
