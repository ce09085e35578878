namespace Segue.Http.Codes;

/// <summary>Discount codes, for the shop's checkout.</summary>
public interface ICodes
{
    /// <summary>What a code is worth at this moment; null for one that is none of ours.</summary>
    Task<CodeView?> FindAsync(string code, CancellationToken cancellation);
}

/// <summary>A code as the checkout needs it.</summary>
/// <param name="Code">The code.</param>
/// <param name="Valid">Whether it may be used now: made, not expired, not used.</param>
/// <param name="Reason">Why not, or null.</param>
/// <param name="Percent">Percent off, or null.</param>
/// <param name="Amount">Money off in the shop's currency, or null.</param>
/// <param name="MaxDiscount">The most money that a percentage takes off, or null.</param>
/// <param name="Stackable">Whether it may be used together with other codes.</param>
/// <param name="ExpiresAt">Until when it holds, exclusive.</param>
/// <param name="CustomerId">Whose it is: the checkout refuses it to others.</param>
public sealed record CodeView(
    string Code, bool Valid, string? Reason, decimal? Percent, decimal? Amount, decimal? MaxDiscount, bool Stackable, DateTimeOffset ExpiresAt, string CustomerId)
{
    /// <summary>The products that it is off, by id; null for the whole order.</summary>
    public IReadOnlyList<string>? Products { get; init; }

    /// <summary>Whether <see cref="Products"/> must be ordered together.</summary>
    public bool Bundle { get; init; }
}
