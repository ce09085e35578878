using System.Net;
using Segue.Campaigns;
using Segue.Files;
using Segue.Tests.Support;
using Segue.Webhooks;

namespace Segue.Tests.Webhooks;

/// <summary>Which addresses webhooks may reach, and what a journey's file that names another is told.</summary>
public sealed class PublicAddressesTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.16.0.0", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.0", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2606:4700:4700::1111", true)]
    public void Contains_Address_OnlyThoseOfThePublicInternet(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://hooks.example.com/a", null)]
    [InlineData("https://8.8.8.8/a", null)]
    [InlineData("http://hooks.example.com/a", "https, since the call carries what is known of customers")]
    [InlineData("https://10.0.0.5/a", "an address on the public internet")]
    [InlineData("https://[::1]/a", "an address on the public internet")]
    [InlineData("https://2130706433/a", "an address on the public internet")]
    [InlineData("https://0x7f.1/a", "an address on the public internet")]
    [InlineData("https://localhost:8080/a", "a host on the public internet")]
    [InlineData("https://crm/a", "a host on the public internet")]
    public void Load_WebhookOfAJourney_NamesWhatWouldBeRight(string url, string? expected)
    {
        var errors = Load(url, "");
        if (expected is null)
        {
            Assert.Empty(errors);
            return;
        }

        var error = Assert.Single(errors);
        Assert.Equal(("journeys/journey.yaml", 7, "step '1'.webhook.url"), (error.File, error.Line, error.Field));
        Assert.EndsWith($"'; expected {expected}, or the host among the settings' 'privateWebhooks'.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://10.0.0.5:8080/a")]
    [InlineData("http://CRM.internal/a")]
    [InlineData("http://[fd00::1]/a")]
    public void Load_HostAmongThePrivateOnes_IsAllowed(string url) => Assert.Empty(Load(url, "privateWebhooks: [ 10.0.0.5, crm.internal, \"fd00::1\" ]"));

    [Fact]
    public void Load_PrivateHostWithAPath_IsRefused() => Assert.Equal(
        "Found 'http://crm/x'; expected a host without scheme, port and path, such as crm.internal.",
        Assert.Single(Load("https://a.example.com", "privateWebhooks: [ http://crm/x ]")).Message);

    private static IReadOnlyList<FileError> Load(string url, string settings)
    {
        var errors = new FileErrors();
        CampaignFolder.Load(
            new Dictionary<string, string>
            {
                ["segments.yaml"] = TestCampaigns.PlainSegments,
                ["settings.yaml"] = $"sending: off\n{settings}\n",
                ["journeys/journey.yaml"] = TestCampaigns.Journey($"  - webhook: {{ url: \"{url}\", consent: none }}", enter: "event: go"),
            },
            errors);
        return errors.Errors;
    }
}
