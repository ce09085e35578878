namespace Segue.Email;

/// <summary>What one e-mail says to one customer.</summary>
public sealed record EmailContent
{
    /// <summary>The send's derived, unguessable name.</summary>
    public required string SendId { get; init; }

    /// <summary>The recipient's address.</summary>
    public required string To { get; init; }

    /// <summary>The recipient's name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The shop's own facts about the customer, by name.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>The offer that it makes, or null.</summary>
    public EmailOffer? Offer { get; init; }

    /// <summary>Whether it needs no marketing consent, and so neither topic nor a way to unsubscribe.</summary>
    public bool Transactional { get; init; }

    /// <summary>What the customer can unsubscribe from; needed unless <see cref="Transactional"/>.</summary>
    public string? Topic { get; init; }

    /// <summary>The one-click address to unsubscribe; needed unless <see cref="Transactional"/>, where it is not used.</summary>
    public Uri? UnsubscribeUrl { get; init; }

    /// <summary>The customer's segment, or null.</summary>
    public string? Segment { get; init; }

    /// <summary>The customer's tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Counted orders.</summary>
    public int Orders { get; init; }

    /// <summary>Net spend, in the shop's currency.</summary>
    public decimal TotalSpend { get; init; }

    /// <summary>Money that the shop holds for the customer, in its currency; null for none.</summary>
    public decimal? Balance { get; init; }

    /// <summary>The event that the mail is about, or null.</summary>
    public Events.CustomerEvent? Event { get; init; }

    /// <summary>Products and survey.</summary>
    public MailParts Parts { get; init; } = MailParts.None;

    /// <summary>The address of each of the survey's answers, by its value; needed where there is a survey.</summary>
    public Func<string, Uri>? SurveyUrl { get; init; }

    /// <summary>Labels for the mail service's statistics: journey, step, variant.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];
}

/// <summary>An offer as it is shown to one customer.</summary>
/// <param name="Code">The customer's own code.</param>
/// <param name="Percent">Percent off, or null.</param>
/// <param name="Amount">Money off in the shop's currency, or null.</param>
/// <param name="ExpiresAt">Until when the code holds.</param>
public sealed record EmailOffer(string Code, decimal? Percent, decimal? Amount, DateTimeOffset ExpiresAt);

/// <summary>The e-mail may not be sent as it is: it is marketing and lacks what the law asks for, or there is no sender.</summary>
public sealed class EmailRefusedException(string message) : Exception(message);
