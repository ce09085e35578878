using System.Security.Cryptography;
using System.Text;
using Segue.Http.Webhooks.SendGrid;

namespace Segue.Tests.Http.Webhooks;

/// <summary>Signs calls as SendGrid does it.</summary>
internal sealed class SendGridCalls : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string PublicKey => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

    /// <summary>The headers and the body of a call.</summary>
    public (string Signature, string Timestamp, byte[] Body) Sign(string body, DateTimeOffset at)
    {
        var (timestamp, bytes) = ($"{at.ToUnixTimeSeconds()}", Encoding.UTF8.GetBytes(body));
        var signature = _key.SignData([.. Encoding.UTF8.GetBytes(timestamp), .. bytes], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return (Convert.ToBase64String(signature), timestamp, bytes);
    }

    public static HttpRequestMessage Request((string Signature, string Timestamp, byte[] Body) call)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/sendgrid/events") { Content = new ByteArrayContent(call.Body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(SendGridSignature.SignatureHeader, call.Signature);
        request.Headers.Add(SendGridSignature.TimestampHeader, call.Timestamp);
        return request;
    }

    public void Dispose() => _key.Dispose();
}
