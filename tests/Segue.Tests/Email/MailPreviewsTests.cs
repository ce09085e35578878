using Segue.Email;
using Segue.Ports;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Email;

public sealed class MailPreviewsTests
{
    private static TestCampaigns Campaigns => new()
    {
        Sending = "off",
        Files = new Dictionary<string, string> { ["emails/hello.de.hbs"] = "---\nsubject: Hallo\n---\n<p>Hallo {{customer.name}}</p>" },
        Journeys = [TestCampaigns.Journey("  - id: greet\n    send: { email: hello, topic: offers }\n  - id: give\n    send: { email: offer }\n    offer: { percent: 15 }\n  - wait: { for: 1d }", status: "draft")],
    };

    [Fact]
    public async Task Preview_OfACustomer_IsTheirMailAndLeavesNoTrace()
    {
        var shop = await OpenAsync(Campaigns);
        await shop.Order("a", 0).Says("a", 0.5, new() { Name = "Ann" }).RunAsync(1);
        var before = shop.Rows.AllRows().Count();
        var mail = await shop.Engine.Previews.PreviewAsync("journey", "greet", "a", TestContext.Current.CancellationToken);
        Assert.Contains("Hello Ann", mail.Html, StringComparison.Ordinal);
        var offer = await shop.Engine.Previews.PreviewAsync("journey", "give", "a", TestContext.Current.CancellationToken);
        Assert.Contains(MailPreviews.Code, offer.Html, StringComparison.Ordinal);
        Assert.Equal(before, shop.Rows.AllRows().Count());
        Assert.Empty(shop.Sender.Tries);
    }

    [Theory]
    [InlineData("jorney", "greet", "a", "There is no journey 'jorney'. Did you mean 'journey'?")]
    [InlineData("journey", "gret", "a", "'gret' is no step of 'journey' that sends. Did you mean 'greet'?")]
    [InlineData("journey", "3", "a", "'3' is no step of 'journey' that sends.*")]
    [InlineData("journey", "greet", "z", "There is no customer 'z'.")]
    public async Task Preview_OfWhatThereIsNot_SaysSo(string journey, string step, string customer, string message)
    {
        var shop = await OpenAsync(Campaigns);
        await shop.Order("a", 0).RunAsync(1);
        var error = await Assert.ThrowsAsync<PreviewException>(() => shop.Engine.Previews.PreviewAsync(journey, step, customer, TestContext.Current.CancellationToken));
        Assert.StartsWith(message.TrimEnd('*'), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_ToAnAddress_IsMarkedAndCountedNowhere()
    {
        var shop = await OpenAsync(Campaigns);
        var before = shop.Rows.AllRows().Count();
        Assert.IsType<SendAnswer.Accepted>(await shop.Engine.Previews.TestAsync("journey", "greet", "Me@Example.com", "de-CH", reachesPeople: false, TestContext.Current.CancellationToken));
        var mail = Assert.Single(shop.Sender.Tries).Email;
        Assert.Equal(("[Test] Hallo", "me@example.com"), (mail.Subject, mail.To));
        Assert.Equal(before, shop.Rows.AllRows().Count());
    }

    [Theory]
    [InlineData("off", "", false)]
    [InlineData("allow-list", "allowList: [ \"@example.org\" ]", false)]
    [InlineData("allow-list", "allowList: [ me@example.com ]", true)]
    [InlineData("on", "", true)]
    public async Task Test_ByARealService_ObeysTheSettings(string sending, string settings, bool sent)
    {
        var shop = await OpenAsync(Campaigns with { Sending = sending, Settings = settings });
        var test = () => shop.Engine.Previews.TestAsync("journey", "greet", "me@example.com", null, reachesPeople: true, TestContext.Current.CancellationToken);
        if (sent)
        {
            await test();
        }
        else
        {
            Assert.Contains("sending is", (await Assert.ThrowsAsync<PreviewException>(test)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(sent ? 1 : 0, shop.Sender.Tries.Count);
    }
}
