namespace Segue.Storage;

/// <summary>The tables, by name.</summary>
public static class Tables
{
    /// <summary>One customer is one partition: profile, orders, enrolments, sends, codes, outbox.</summary>
    public const string Customers = "Customers";

    /// <summary>What calibration scans: a projection of Customers, by shard.</summary>
    public const string Summaries = "Summaries";

    /// <summary>Whom to look at in an hour, and why.</summary>
    public const string Due = "Due";

    /// <summary>Who has an e-mail address, and what stands against mailing it; by the address's keyed hash.</summary>
    public const string Addresses = "Addresses";

    /// <summary>Which customer has an order.</summary>
    public const string Orders = "Orders";

    /// <summary>Events of visitors whom nobody knows.</summary>
    public const string Visitors = "Visitors";

    /// <summary>Discount codes: pools that the shop knows, and whose each issued one is.</summary>
    public const string Codes = "Codes";

    /// <summary>The agents' lists: open calls by queue, ended ones by day and queue.</summary>
    public const string Calls = "Calls";

    /// <summary>What offers may still give away.</summary>
    public const string Budgets = "Budgets";

    /// <summary>What the shop sells, by shard.</summary>
    public const string Products = "Products";

    /// <summary>Who looked at or bought a product or category, by it and the customer's shard.</summary>
    public const string Interest = "Interest";

    /// <summary>Recommendation models.</summary>
    public const string Recommendations = "Recommendations";

    /// <summary>Calibrations, campaign versions, switches.</summary>
    public const string Settings = "Settings";

    /// <summary>What happened, for reports.</summary>
    public const string Facts = "Facts";

    /// <summary>What is read by who looks at reports, rolled up from facts.</summary>
    public const string Reports = "Reports";
}
