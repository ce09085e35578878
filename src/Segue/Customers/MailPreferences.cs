namespace Segue.Customers;

/// <summary>What a customer gets by now, as the page behind a mail's link shows it. Nothing in it says who they are.</summary>
/// <param name="ShopName">Whose mails they are.</param>
/// <param name="Topic">What the mail with the link was about; null where that is not known any more.</param>
/// <param name="Topics">All that the shop writes about, in the order to show it.</param>
/// <param name="WantsMarketing">False where they have refused all marketing mail.</param>
public sealed record MailPreferences(string ShopName, TopicWish? Topic, IReadOnlyList<TopicWish> Topics, bool WantsMarketing)
{
    /// <summary>Whether they agreed to calls and text messages; null where there is nothing to choose: no number is known, or the shop calls nobody.</summary>
    public bool? WantsCalls { get; init; }

    /// <summary>Whether what they get may be chosen by what they bought and looked at.</summary>
    public bool AllowsProfiling { get; init; } = true;

    /// <summary>Whether anything is known of them; there is nothing to choose for a stranger.</summary>
    public bool IsKnown { get; init; }

    /// <summary>A complaint, or a box that does not exist, stands against the address: no word on a page lifts that.</summary>
    public bool IsClosed { get; init; }
}

/// <summary>A topic, and whether the customer wants it.</summary>
/// <param name="Id">Its id in journeys.</param>
/// <param name="Name">The words that customers know it by.</param>
/// <param name="Wanted">False once they have refused it.</param>
public sealed record TopicWish(string Id, string Name, bool Wanted);
