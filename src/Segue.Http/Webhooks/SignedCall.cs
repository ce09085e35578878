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

    /// <summary>The body is too large to be read.</summary>
    public const string TooLarge = "size";

    /// <summary>The body is declared as something else than JSON in UTF-8.</summary>
    public const string WrongType = "type";

    /// <summary>The body is signed well and is no JSON that says anything.</summary>
    public const string Unreadable = "body";

    /// <summary>The body, or the answer that says why it is not read, which is noted.</summary>
    public static async Task<(ReadOnlyMemory<byte> Body, IResult? Refusal)> ReadAsync(HttpContext context, string source, CancellationToken cancellation)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context.Request, cancellation);
        if (refusal is not null)
        {
            Note(context, source, (refusal as IStatusCodeHttpResult)?.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge : WrongType);
        }

        return (body, refusal);
    }

    /// <summary>Counts and logs a refusal.</summary>
    public static void Note(HttpContext context, string source, string reason)
    {
        Telemetry.RefusedWebhook(source, reason);
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SignedCall)).WebhookRefused(source, reason);
    }

    /// <summary>401, counted and logged; says no more than that to whoever calls.</summary>
    public static IResult Refuse(HttpContext context, string source, string reason)
    {
        Note(context, source, reason);
        return Results.Problem(
            title: "Not signed", detail: "The call's signature, or the time it names, is not right.", statusCode: StatusCodes.Status401Unauthorized);
    }

    /// <summary>Says in the log that a call was one that had been taken.</summary>
    public static void Replayed(HttpContext context, string source) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SignedCall)).WebhookReplayed(source);
}
