using Segue.Campaigns;
using Segue.Files;

namespace Segue.Tests.Campaigns;

public sealed class SettingsFileTests
{
    [Fact]
    public void Parse_EverySetting_IsTaken()
    {
        var (settings, errors) = Parse("""
            shopName: Corner Shop
            shopUrl: https://shop.example.com/start
            currency: GBP
            rates: rates.csv
            zone: Europe/London
            sending: allow-list
            allowList: [ anna@example.com, "@example.org" ]
            from: hello@example.com
            fromName: Anna of Corner Shop
            replyTo: care@example.com
            postalAddress: 1 Example Street
            publicUrl: https://segue.example.com
            fresh: 36h
            maxSilence: 52w
            calibrationApproval: 7.5%
            globalHoldout: 2.5%
            lifecycle: { newFor: 20d, atRiskAfter: 20d, churnedAfter: 90d, wonBackFor: 2w, ownGaps: 1.5 }
            rfm: { monetary: average }
            """);
        Assert.Empty(errors.Errors);
        Assert.NotNull(settings);
        Assert.Equal(["anna@example.com", "@example.org"], settings.AllowList);
        Assert.Equal(
            new CampaignSettings
            {
                ShopName = "Corner Shop",
                ShopUrl = new("https://shop.example.com/start"),
                Currency = "GBP",
                RatesFile = "rates.csv",
                Zone = "Europe/London",
                Sending = Sending.AllowList,
                AllowList = settings.AllowList,
                From = "hello@example.com",
                FromName = "Anna of Corner Shop",
                ReplyTo = "care@example.com",
                PostalAddress = "1 Example Street",
                PublicUrl = new("https://segue.example.com"),
                Fresh = TimeSpan.FromHours(36),
                MaxSilence = TimeSpan.FromDays(364),
                CalibrationApproval = 0.075,
                GlobalHoldout = 0.025,
                Lifecycle = new()
                {
                    NewFor = TimeSpan.FromDays(20),
                    AtRiskAfter = TimeSpan.FromDays(20),
                    ChurnedAfter = TimeSpan.FromDays(90),
                    WonBackFor = TimeSpan.FromDays(14),
                    OwnGaps = 1.5,
                },
                Rfm = new(MonetaryIsAverage: true),
            },
            settings);
    }

    [Fact]
    public void Parse_AlmostNothing_KeepsTheDefaults()
    {
        var (settings, errors) = Parse("sending: off");
        Assert.Empty(errors.Errors);
        Assert.Equal(new CampaignSettings { AllowList = settings!.AllowList }, settings);
    }

    [Theory]
    [InlineData("browserKeys: pk", "browserKeys", "Found 'pk'; expected a list such as [ { origin: \"https://shop.example.com\", key: … } ].")]
    [InlineData("browserKeys: [ { origin: 'https://a.example/x', key: pk-0123456789abcdef } ]", "browserKeys[0].origin", "Found 'https://a.example/x'; expected scheme and host, and the port where it is no usual one, such as https://shop.example.com.")]
    [InlineData("browserKeys: [ { origin: 'https://a.example', key: short } ]", "browserKeys[0].key", "Expected 16 to 200 letters, digits, hyphens and underscores.")]
    [InlineData("sendng: on", "sendng", "Unknown key 'sendng'. Did you mean 'sending'?")]
    [InlineData("sending: maybe", "sending", "Found 'maybe'; expected off or allow-list or on.")]
    [InlineData("sending: allow-list", "allowList", "'allowList' is missing; expected the addresses, or @domain, that mail may go to, since 'sending' is allow-list.", 1)]
    [InlineData("allowList: anna@example.com", "allowList",
        "Found 'anna@example.com'; expected a list of addresses or domains, such as [ anna@example.com, \"@example.org\" ].")]
    [InlineData("allowList: [ anna ]", "allowList[0]", "Found 'anna'; expected an address such as anna@example.com, or a domain such as \"@example.org\".")]
    [InlineData("currency: Euro", "currency", "Found 'Euro'; expected the three capital letters of an ISO 4217 currency, such as EUR.")]
    [InlineData("currency: eur", "currency", "Found 'eur'; expected the three capital letters of an ISO 4217 currency, such as EUR.")]
    [InlineData("zone: Europe/Berlinn", "zone", "Found 'Europe/Berlinn'; expected an IANA time zone such as Europe/Berlin or UTC. Did you mean 'Europe/Berlin'?")]
    [InlineData("zone: the moon", "zone", "Found 'the moon'; expected an IANA time zone such as Europe/Berlin or UTC.")]
    [InlineData("from: hello", "from", "Found 'hello'; expected an e-mail address such as hello@example.com.")]
    [InlineData("replyTo: a@b@c", "replyTo", "Found 'a@b@c'; expected an e-mail address such as hello@example.com.")]
    [InlineData("from: \"a@example.com\\nBcc: b@example.com\"", "from",
        "Found 'a@example.com\nBcc: b@example.com'; expected an e-mail address such as hello@example.com.")]
    [InlineData("publicUrl: ftp://example.com", "publicUrl", "Found 'ftp://example.com'; expected an address such as https://shop.example.com.")]
    [InlineData("shopUrl: shop.example.com", "shopUrl", "Found 'shop.example.com'; expected an address such as https://shop.example.com.")]
    [InlineData("rates: ../rates.csv", "rates", "Found '../rates.csv'; expected the name of a CSV file in the campaigns folder, such as rates.csv.")]
    [InlineData("fresh: 24", "fresh", "Found '24'; expected a length of time such as 14d, 2w, 36h, 15m or 10s, longer than nothing.")]
    [InlineData("calibrationApproval: 101%", "calibrationApproval", "Found '101%'; expected a percentage from 0% to 100%, such as 5%.")]
    [InlineData("globalHoldout: 60%", "globalHoldout", "Found '60%'; expected a percentage from 0% to 50%, such as 5%.")]
    [InlineData("globalHoldout: 5", "globalHoldout", "Found '5'; expected a percentage from 0% to 50%, such as 5%.")]
    [InlineData("lifecycle: 60d", "lifecycle", "Found '60d'; expected a mapping with newFor, churnedAfter, wonBackFor, atRiskAfter, ownGaps.")]
    [InlineData("lifecycle: { newfor: 30d }", "lifecycle.newfor", "Unknown key 'newfor'. Did you mean 'newFor'?")]
    [InlineData("lifecycle: { ownGaps: -1 }", "lifecycle.ownGaps", "Found '-1'; expected a number from 0 to 100.")]
    [InlineData("lifecycle: { newFor: 50d }", "lifecycle.newFor",
        "Found newFor of 50 days over atRiskAfter of 45 days; expected newFor <= atRiskAfter < churnedAfter.")]
    [InlineData("lifecycle: { atRiskAfter: 60d }", "lifecycle.atRiskAfter",
        "Found atRiskAfter of 60 days not under churnedAfter of 60 days; expected newFor <= atRiskAfter < churnedAfter.")]
    [InlineData("lifecycle: { churnedAfter: 45d }", "lifecycle.churnedAfter",
        "Found atRiskAfter of 45 days not under churnedAfter of 45 days; expected newFor <= atRiskAfter < churnedAfter.")]
    [InlineData("rfm: { monetary: sum }", "rfm.monetary", "Found 'sum'; expected total or average.")]
    [InlineData("rfm: { period: 365d }", "rfm.period", "Unknown key 'period'. Known are: monetary.")]
    public void Parse_Fault_IsNamed(string line, string field, string message, int at = 2)
    {
        var (settings, errors) = Parse($"# settings\n{line}");
        Assert.Null(settings);
        var error = Assert.Single(errors.Errors);
        Assert.Equal(("settings.yaml", at == 1 ? error.Line : at, field, message), (error.File, error.Line, error.Field, error.Message));
    }

    [Theory]
    [InlineData("- a list")]
    [InlineData("")]
    [InlineData("a: b: c")]
    public void Parse_NoSettingsAtAll_SaysSo(string text)
    {
        var (settings, errors) = Parse(text);
        Assert.Null(settings);
        Assert.Single(errors.Errors);
    }

    private static (CampaignSettings? Settings, FileErrors Errors) Parse(string text)
    {
        var errors = new FileErrors();
        return (SettingsFile.Parse("settings.yaml", text, errors), errors);
    }
}
