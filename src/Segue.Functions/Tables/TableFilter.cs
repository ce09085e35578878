using System.Text;
using Segue.Ports;

namespace Segue.Functions.Tables;

/// <summary>Writes the OData filter of a range of one partition.</summary>
internal static class TableFilter
{
    /// <summary>The filter. A quote within a key is doubled; nothing else has a meaning there.</summary>
    public static string Of(string partition, KeyRange range)
    {
        var filter = new StringBuilder("PartitionKey eq ").Append(Literal(partition));
        if (range.From is { } from)
        {
            filter.Append(" and RowKey ge ").Append(Literal(from));
        }

        if (range.Before is { } before)
        {
            filter.Append(" and RowKey lt ").Append(Literal(before));
        }

        return filter.ToString();
    }

    private static string Literal(string key) => $"'{key.Replace("'", "''", StringComparison.Ordinal)}'";
}
