namespace Segue.Orders;

/// <summary>How an order that arrives stands to the one that is kept under its id.</summary>
public enum OrderVersion
{
    /// <summary>The same content: a duplicate.</summary>
    Same,

    /// <summary>A newer version: it replaces.</summary>
    Newer,

    /// <summary>An edition that was overtaken: it is ignored.</summary>
    Older,

    /// <summary>Other content, and nothing says which is newer.</summary>
    Conflict,
}

/// <summary>Compares versions of an order.</summary>
public static class OrderVersions
{
    /// <summary>
    /// Where both tell when they were made, the later one is newer; one that tells is newer than one that does not. With
    /// equal or no times the same content is a duplicate and any other a conflict, as is an order that lost its time.
    /// </summary>
    /// <exception cref="ArgumentException">The ids differ.</exception>
    public static OrderVersion Compare(Order existing, Order incoming)
    {
        ArgumentNullException.ThrowIfNull(existing);
        ArgumentNullException.ThrowIfNull(incoming);
        if (existing.OrderId != incoming.OrderId)
        {
            throw new ArgumentException($"Two orders: '{existing.OrderId}' and '{incoming.OrderId}'.", nameof(incoming));
        }

        return (existing.UpdatedAt, incoming.UpdatedAt) switch
        {
            ({ } had, { } has) when has > had => OrderVersion.Newer,
            ({ } had, { } has) when has < had => OrderVersion.Older,
            (null, not null) => OrderVersion.Newer,
            _ => SameContent(existing, incoming) ? OrderVersion.Same : OrderVersion.Conflict,
        };
    }

    /// <summary>Whether two orders say the same, whenever they were made; moments are compared as instants.</summary>
    public static bool SameContent(Order a, Order b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return a.DiscountCodes.SequenceEqual(b.DiscountCodes) && a.Items.SequenceEqual(b.Items)
            && a with { UpdatedAt = null, DiscountCodes = [], Items = [] }
                == b with { UpdatedAt = null, DiscountCodes = [], Items = [] };
    }
}
