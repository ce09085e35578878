using System.Globalization;
using Segue.Storage;

namespace Segue.Measurement;

/// <summary>Where facts are kept: by the day they were written and the customer's shard.</summary>
public static class FactRows
{
    /// <summary>The partition.</summary>
    public static string Partition(DateTimeOffset day, string customerId) => Partition(day, Shards.Of(customerId));

    /// <summary>The partition of a shard's facts of a day.</summary>
    public static string Partition(DateTimeOffset day, int shard) =>
        string.Create(CultureInfo.InvariantCulture, $"{day.UtcDateTime:yyyyMMdd}-{Shards.Text(shard)}");

    /// <summary>The row key: customer, kind and derived name.</summary>
    public static string Key(Fact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return $"{Keys.Escape(fact.CustomerId)}~{fact.Kind}~{fact.Name}";
    }
}
