namespace Segue.Http.Codes;

/// <summary>Codes as the store has them.</summary>
public sealed class CodeDirectory(SegueEngine engine) : ICodes
{
    /// <inheritdoc/>
    public async Task<CodeView?> FindAsync(string code, CancellationToken cancellation)
    {
        if (await engine.Codes.FindAsync(code, cancellation) is not var (customer, offer))
        {
            return null;
        }

        var reason = offer.RedeemedBy is not null ? "used" : offer.ExpiresAt <= engine.Ports.Clock.GetUtcNow() ? "expired" : null;
        return new(offer.Code, reason is null, reason, offer.Percent, offer.Amount, offer.MaxDiscount, offer.Stack, offer.ExpiresAt, customer)
        {
            Products = offer.Products,
            Bundle = offer.IsBundle,
        };
    }
}
