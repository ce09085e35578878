namespace Segue.Email;

/// <summary>How a customer answers to mail: the latest mails, and which of them a person clicked in.</summary>
/// <param name="Recent">The latest mails accepted, the newest last.</param>
/// <param name="LastClickAt">When a person last clicked in any.</param>
public sealed record MailEngagement(IReadOnlyList<RecentMail> Recent, DateTimeOffset? LastClickAt)
{
    /// <summary>Mails that are looked at.</summary>
    public const int Looked = 20;

    /// <summary>Before any mail.</summary>
    public static MailEngagement None { get; } = new([], null);

    /// <summary>The share of the latest mails that was clicked in, 0 to 1; null before the first mail.</summary>
    public decimal? Share() => Recent.Count == 0 ? null : (decimal)Recent.Count(m => m.Clicked) / Recent.Count;

    /// <summary>With a mail that was accepted.</summary>
    public MailEngagement Sent(string sendId) =>
        Recent.Any(m => m.SendId == sendId) ? this : this with { Recent = [.. Recent.Skip(Recent.Count == Looked ? 1 : 0), new(sendId, false)] };

    /// <summary>With a click by a person.</summary>
    public MailEngagement Clicked(string? sendId, DateTimeOffset at) => new(
        [.. Recent.Select(m => m.SendId == sendId ? m with { Clicked = true } : m)], LastClickAt > at ? LastClickAt : at);
}

/// <summary>One mail.</summary>
/// <param name="SendId">Its name.</param>
/// <param name="Clicked">Whether a person clicked in it.</param>
public sealed record RecentMail(string SendId, bool Clicked);
