using Segue.Ports;

namespace Segue.Storage;

/// <summary>Checks one row's properties: how many, their names, types, values and sizes.</summary>
internal static class RowRules
{
    // Four bytes of its own and the Timestamp that every row has: 8, two a character of the name, and 8 for the value.
    private const int EmptyRow = 4 + 8 + 18 + 8;

    /// <summary>Checks them all.</summary>
    /// <exception cref="TableLimitException">The first limit that the row breaks.</exception>
    public static void Check(string partition, string key, IReadOnlyDictionary<string, object> properties)
    {
        var count = 0;
        var bytes = EmptyRow + (2 * (partition.Length + key.Length));
        if (properties is Dictionary<string, object> known)
        {
            // The struct enumerator: this is the way of nearly every write.
            foreach (var (name, value) in known)
            {
                bytes += Check(name, value, ref count);
            }
        }
        else
        {
            foreach (var (name, value) in properties)
            {
                bytes += Check(name, value, ref count);
            }
        }

        if (count > TableLimits.Properties)
        {
            throw new TableLimitException(
                $"A row has {count:N0} properties; at most {TableLimits.Properties} are allowed.");
        }

        if (bytes > TableLimits.RowBytes)
        {
            throw new TableLimitException(
                $"A row has {bytes:N0} bytes; at most {TableLimits.RowBytes:N0} are allowed.");
        }
    }

    private static int Check(string name, object? value, ref int count)
    {
        CheckName(name);
        if (value is null)
        {
            return 0;
        }

        count++;
        return 8 + (2 * name.Length) + Size(name, value);
    }

    private static int Size(string name, object value)
    {
        switch (value)
        {
            case string text:
                CheckSize(name, 2 * (long)text.Length);
                return TableRules.IsWellFormed(text)
                    ? 4 + (2 * text.Length)
                    : throw new TableLimitException($"Property '{name}' holds half a surrogate pair.");
            case byte[] binary:
                CheckSize(name, binary.Length);
                return 4 + binary.Length;
            case bool:
                return 1;
            case int:
                return 4;
            case double number when !double.IsFinite(number):
                throw new TableLimitException($"Property '{name}' is {number}, which JSON has no number for.");
            case long or double:
                return 8;
            case DateTimeOffset moment:
                return moment >= TableRules.MinMoment
                    ? 8
                    : throw new TableLimitException(
                        $"Property '{name}' is {moment:O}, before {TableRules.MinMoment:yyyy-MM-dd}.");
            default:
                throw new TableLimitException(
                    $"Property '{name}' is a {value.GetType().Name}; it can be a string, bool, int, long, double, DateTimeOffset or byte[].");
        }
    }

    private static void CheckSize(string name, long bytes)
    {
        if (bytes > TableLimits.PropertyBytes)
        {
            throw new TableLimitException(
                $"Property '{name}' has {bytes:N0} bytes (two a character); at most {TableLimits.PropertyBytes:N0} are allowed.");
        }
    }

    private static void CheckName(string name)
    {
        var ok = name.Length is > 0 and <= TableLimits.PropertyNameLength && (char.IsLetter(name[0]) || name[0] == '_');
        for (var i = 1; ok && i < name.Length; i++)
        {
            ok = char.IsLetterOrDigit(name[i]) || name[i] == '_';
        }

        if (!ok || name is "PartitionKey" or "RowKey" or "Timestamp")
        {
            throw new TableLimitException(
                $"A row can't have a property '{name}': 1 to {TableLimits.PropertyNameLength} letters, digits and '_', no digit first, and none of PartitionKey, RowKey, Timestamp.");
        }
    }
}
