using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Segue.Http.Webhooks;

/// <summary>What all signed webhooks have in common: why a call is refused, and how.</summary>
internal static class SignedCall
{
    /// <summary>No key is set up to check the signature with.</summary>
    public const string NoKey = "no key";

    /// <summary>A header that is part of the signature is missing or can't be read.</summary>
    public const string NoSignature = "no signature";

    /// <summary>The signature is not that of this body.</summary>
    public const string WrongSignature = "signature";

    /// <summary>It was signed too long ago, or in the future.</summary>
    public const string WrongTime = "timestamp";

    /// <summary>How far ahead of ours the sender's clock may be.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>401, counted and logged; says no more than that to whoever calls.</summary>
    public static IResult Refuse(HttpContext context, string source, string reason)
    {
        Telemetry.RefusedWebhook(source, reason);
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SignedCall)).WebhookRefused(source, reason);
        return Results.Problem(
            title: "Not signed", detail: "The call's signature, or the time it names, is not right.", statusCode: StatusCodes.Status401Unauthorized);
    }

    /// <summary>Says in the log that a call was one that had been taken.</summary>
    public static void Replayed(HttpContext context, string source) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SignedCall)).WebhookReplayed(source);
}
