using System.Security.Cryptography;
using System.Text;
using Segue.Http.Webhooks;
using Segue.Http.Webhooks.SendGrid;

namespace Segue.Tests.Http.Webhooks;

/// <summary>A call is SendGrid's own or it is refused, whatever was changed in it.</summary>
public sealed class SendGridSignatureTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);
    private readonly SendGridCalls _sendGrid = new();

    public void Dispose() => _sendGrid.Dispose();

    [Fact]
    public void Check_AsSigned_IsAccepted_AndNamedByWhatWasSigned()
    {
        var call = _sendGrid.Sign("[]", Now);
        var (refusal, name) = Check(call);
        Assert.Null(refusal);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(call.Timestamp), .. call.Body])), name);
        Assert.Equal(name, Check((_sendGrid.Sign("[]", Now).Signature, call.Timestamp, call.Body)).Call);
    }

    [Fact]
    public void Check_AnyByteOfTheBodyChanged_IsRefused()
    {
        var call = _sendGrid.Sign("""[{"event":"delivered"}]""", Now);
        for (var i = 0; i < call.Body.Length; i++)
        {
            var body = call.Body.ToArray();
            body[i] ^= 1;
            Assert.Equal(SignedCall.WrongSignature, Check(call with { Body = body }).Refusal);
        }

        Assert.Equal(SignedCall.WrongSignature, Check(call with { Body = [.. call.Body, (byte)' '] }).Refusal);
        Assert.Equal(SignedCall.WrongSignature, Check(call with { Body = [] }).Refusal);
    }

    [Fact]
    public void Check_AnyByteOfTheSignatureChanged_IsRefused()
    {
        var call = _sendGrid.Sign("[]", Now);
        var signature = Convert.FromBase64String(call.Signature);
        for (var i = 0; i < signature.Length; i++)
        {
            var changed = signature.ToArray();
            changed[i] ^= 4;
            Assert.Equal(SignedCall.WrongSignature, Check(call with { Signature = Convert.ToBase64String(changed) }).Refusal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("!!!")]
    [InlineData("AAAA")]
    [InlineData("MEUCIQD")]
    public void Check_NoSignatureAtAll_IsRefused(string signature)
    {
        Assert.NotNull(Check(_sendGrid.Sign("[]", Now) with { Signature = signature }).Refusal);
    }

    [Fact]
    public void Check_TimestampMovedWithoutSigningAnew_IsRefused()
    {
        var call = _sendGrid.Sign("[]", Now.AddDays(-30));
        Assert.Equal(SignedCall.WrongTime, Check(call).Refusal);
        Assert.Equal(SignedCall.WrongSignature, Check(call with { Timestamp = $"{Now.ToUnixTimeSeconds()}" }).Refusal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-24, true)]
    [InlineData(-25, true)]
    [InlineData(-25.01, false)]
    [InlineData(0.08, true)]
    [InlineData(0.1, false)]
    public void Check_Time_HoldsForADayOfRetries(double hours, bool holds)
    {
        Assert.Equal(holds ? null : SignedCall.WrongTime, Check(_sendGrid.Sign("[]", Now.AddHours(hours))).Refusal);
    }

    [Theory]
    [InlineData("now")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    public void Check_TimestampThatIsNone_IsRefused_EvenSigned(string timestamp)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signature = key.SignData(Encoding.UTF8.GetBytes(timestamp + "[]"), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var (refusal, _) = SendGridSignature.Check(
            Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()), Convert.ToBase64String(signature), timestamp, "[]"u8, Now);
        Assert.Equal(SignedCall.WrongTime, refusal);
    }

    [Fact]
    public void Check_AnothersKey_IsRefused()
    {
        using var other = new SendGridCalls();
        Assert.Equal(SignedCall.WrongSignature, Check(other.Sign("[]", Now)).Refusal);
    }

    [Theory]
    [InlineData(null, SignedCall.NoKey)]
    [InlineData(" ", SignedCall.NoKey)]
    [InlineData("not base64", SignedCall.WrongSignature)]
    [InlineData("AAAA", SignedCall.WrongSignature)]
    public void Check_WithoutAKeyOfOurs_IsRefused(string? key, string reason)
    {
        var call = _sendGrid.Sign("[]", Now);
        Assert.Equal(reason, SendGridSignature.Check(key, call.Signature, call.Timestamp, call.Body, Now).Refusal);
    }

    private (string? Refusal, string Call) Check((string Signature, string Timestamp, byte[] Body) call) =>
        SendGridSignature.Check(_sendGrid.PublicKey, call.Signature, call.Timestamp, call.Body, Now);
}
