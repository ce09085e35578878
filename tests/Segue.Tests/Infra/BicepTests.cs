using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Segue.Messaging;
using Segue.Storage;

namespace Segue.Tests.Infra;

/// <summary>What Azure is asked for is what the code uses, and nothing in it opens with a key.</summary>
public sealed partial class BicepTests
{
    [Fact]
    public void Queues_AreThoseOfTheCode()
    {
        Assert.Equal(Queues.All.Order(StringComparer.Ordinal), InfraFiles.Strings(InfraFiles.Read("modules", "messaging.bicep"), "queueNames"));
    }

    [Fact]
    public void Queues_InTheEmulator_AreThoseOfTheCode()
    {
        using var json = JsonDocument.Parse(InfraFiles.Read("emulator.json"));
        var queues = json.RootElement.GetProperty("UserConfig").GetProperty("Namespaces")[0].GetProperty("Queues").EnumerateArray().ToList();
        Assert.Equal(Queues.All.Order(StringComparer.Ordinal), queues.Select(q => q.GetProperty("Name").GetString()));
        Assert.All(queues, queue =>
        {
            var properties = queue.GetProperty("Properties");
            Assert.Equal("PT5M", properties.GetProperty("LockDuration").GetString());
            Assert.Equal(10, properties.GetProperty("MaxDeliveryCount").GetInt32());
            Assert.False(properties.GetProperty("RequiresDuplicateDetection").GetBoolean());
            Assert.True(properties.GetProperty("DeadLetteringOnMessageExpiration").GetBoolean());
        });
    }

    [Theory]
    [InlineData("lockDuration", "'PT5M'")]
    [InlineData("maxDeliveryCount", "10")]
    [InlineData("requiresDuplicateDetection", "false")]
    [InlineData("requiresSession", "false")]
    [InlineData("deadLetteringOnMessageExpiration", "true")]
    [InlineData("defaultMessageTimeToLive", "'P14D'")]
    [InlineData("maxSizeInMegabytes", "5120")]
    [InlineData("enablePartitioning", "false")]
    [InlineData("enableExpress", "false")]
    [InlineData("enableBatchedOperations", "true")]
    [InlineData("autoDeleteOnIdle", "forever")]
    [InlineData("status", "'Active'")]
    public void Queues_SayEveryPropertyThemselves(string property, string value)
    {
        var queues = Assert.Single(InfraFiles.Resources(), r => r.Type == "Microsoft.ServiceBus/namespaces/queues");
        Assert.Matches($@"(?m)^\s+{property}: {Regex.Escape(value)}$", queues.Text);
    }

    [Fact]
    public void Tables_AreThoseOfTheCode()
    {
        var tables = typeof(Tables).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f is { IsLiteral: true } && f.FieldType == typeof(string)).Select(f => (string)f.GetValue(null)!);
        Assert.Equal(tables.Order(StringComparer.Ordinal), InfraFiles.Strings(InfraFiles.Read("modules", "data.bicep"), "tableNames"));
    }

    [Theory]
    [InlineData("Microsoft.Storage/storageAccounts", 2, "allowSharedKeyAccess: false", "allowBlobPublicAccess: false", "minimumTlsVersion: 'TLS1_2'", "supportsHttpsTrafficOnly: true")]
    [InlineData("Microsoft.ServiceBus/namespaces", 1, "disableLocalAuth: true", "minimumTlsVersion: '1.2'")]
    [InlineData("Microsoft.KeyVault/vaults", 1, "enableRbacAuthorization: true", "enableSoftDelete: true")]
    [InlineData("Microsoft.Insights/components", 1, "DisableLocalAuth: true")]
    [InlineData("Microsoft.OperationalInsights/workspaces", 1, "disableLocalAuth: true")]
    [InlineData("Microsoft.Web/sites", 1, "httpsOnly: true", "minTlsVersion: '1.2'", "scmMinTlsVersion: '1.2'", "type: 'UserAssignedIdentity'")]
    public void Resources_OpenToIdentitiesAlone(string type, int count, params string[] lines)
    {
        var resources = InfraFiles.Resources().Where(r => r.Type == type).ToList();
        Assert.Equal(count, resources.Count);
        Assert.All(resources, r => Assert.All(lines, line => Assert.Contains(line, r.Text, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("listKeys")]
    [InlineData("listAccountSas")]
    [InlineData("listServiceSas")]
    [InlineData("AccountKey")]
    [InlineData("SharedAccessKey")]
    [InlineData("authorizationRules")]
    [InlineData("StorageAccountConnectionString")]
    public void Files_HandOutNoKey(string word)
    {
        Assert.All(InfraFiles.Bicep, file => Assert.DoesNotContain(word, File.ReadAllText(file), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void BasicAuthentication_IsOffForBothWaysOfDeploying()
    {
        var policies = PublishingPolicy().Matches(InfraFiles.Read("modules", "app.bicep"));
        Assert.Equal(["ftp", "scm"], policies.Select(p => p.Groups[1].Value));
    }

    [Fact]
    public void Parameters_AndOutputs_AreDescribed()
    {
        foreach (var file in InfraFiles.Bicep)
        {
            var text = File.ReadAllText(file);
            var declared = Declaration().Count(text);
            Assert.True(declared > 0, file);
            Assert.True(declared == DescribedDeclaration().Count(text), $"{file} has a parameter or output without a description.");
        }
    }

    [Fact]
    public void ParameterFiles_NameWhatThereIs_AndAgree()
    {
        var main = InfraFiles.Read("main.bicep");
        var parameters = Parameter().Matches(main).Select(m => m.Groups[1].Value).ToHashSet();
        var (dev, prod) = (Assigned("dev.bicepparam"), Assigned("prod.bicepparam"));
        using var azd = JsonDocument.Parse(InfraFiles.Read("main.parameters.json"));
        Assert.Superset(dev, prod);
        Assert.Superset(prod, parameters);
        Assert.Equal(dev, azd.RootElement.GetProperty("parameters").EnumerateObject().Select(p => p.Name).ToHashSet());
    }

    [Fact]
    public void Lint_ErrorsOnSecurityAndAge()
    {
        using var json = JsonDocument.Parse(InfraFiles.Read("bicepconfig.json"));
        var rules = json.RootElement.GetProperty("analyzers").GetProperty("core").GetProperty("rules");
        string[] needed =
        [
            "outputs-should-not-contain-secrets", "secure-parameter-default", "secure-params-in-nested-deploy", "secure-secrets-in-params",
            "protect-commandtoexecute-secrets", "use-secure-value-for-secure-inputs", "adminusername-should-not-be-literal", "no-unused-params", "no-unused-vars",
            "no-unused-existing-resources", "no-unused-imports", "no-hardcoded-location", "no-loc-expr-outside-params", "explicit-values-for-loc-params",
            "use-recent-api-versions", "use-recent-module-versions", "no-hardcoded-env-urls",
        ];
        Assert.All(needed, rule => Assert.Equal("error", rules.GetProperty(rule).GetProperty("level").GetString()));
    }

    private static HashSet<string> Assigned(string file) => [.. Parameter().Matches(InfraFiles.Read(file)).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"^param (\w+)", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^(?:param|output) ", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^@description\('.+'\)\n(?:@.*\n)*(?:param|output) ", RegexOptions.Multiline)]
    private static partial Regex DescribedDeclaration();

    [GeneratedRegex(@"'basicPublishingCredentialsPolicies' = \{\s+name: '(\w+)'\s+properties: \{ allow: false \}")]
    private static partial Regex PublishingPolicy();
}
