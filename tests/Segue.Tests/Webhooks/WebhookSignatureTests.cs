using Segue.Webhooks;

namespace Segue.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    // The example by which libraries of Standard Webhooks test their own signing (standard-webhooks/standard-webhooks, libraries).
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Theory]
    [InlineData(Secret)]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void Of_PublishedExample_IsThePublishedSignature(string secret)
    {
        Assert.True(WebhookSignature.TryParse(secret, out var signature));
        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            signature.Of("msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}"""));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_not base64")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://vault/secrets/x)")]
    public void TryParse_NoSecretOfItsLength_IsRefused(string? secret) => Assert.False(WebhookSignature.TryParse(secret, out _));

    [Fact]
    public void Of_AnotherIdMomentOrBody_IsAnother()
    {
        Assert.True(WebhookSignature.TryParse(Secret, out var signature));
        var at = DateTimeOffset.FromUnixTimeSeconds(1);
        string[] all = [signature.Of("a", at, "b"), signature.Of("b", at, "b"), signature.Of("a", at.AddSeconds(1), "b"), signature.Of("a", at, "c")];
        Assert.Equal(4, all.Distinct().Count());
    }
}
