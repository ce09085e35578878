using Segue.Ports;

namespace Segue.Simulation;

/// <summary>One partition's rows in ordinal order of their keys.</summary>
/// <remarks>
/// A sorted array: a customer has a few hundred rows at most, for which it beats every tree, and a read of a range is
/// a copy.
/// </remarks>
internal sealed class SortedRows
{
    private Row[] rows = new Row[4];

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>The row at a place from <see cref="Find"/>.</summary>
    public Row this[int index]
    {
        get => rows[index];
        set => rows[index] = value;
    }

    /// <summary>Where the key is, or the complement of where it would be.</summary>
    public int Find(string key)
    {
        var (low, high) = (0, Count - 1);

        // Keys often come in rising order.
        if (Count > 0 && string.CompareOrdinal(rows[high].Key, key) < 0)
        {
            return ~Count;
        }

        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(rows[middle].Key, key);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    /// <summary>The place of the first row whose key is not before <paramref name="key"/>.</summary>
    public int From(string? key) => key is null ? 0 : Find(key) is var at && at < 0 ? ~at : at;

    /// <summary>Some rows, one after the other.</summary>
    public Row[] Copy(int start, int count) => rows.AsSpan(start, count).ToArray();

    /// <summary>Puts a row where <see cref="Find"/> said it would be.</summary>
    public void Insert(int index, Row row)
    {
        if (Count == rows.Length)
        {
            Array.Resize(ref rows, 2 * rows.Length);
        }

        Array.Copy(rows, index, rows, index + 1, Count - index);
        rows[index] = row;
        Count++;
    }

    /// <summary>Removes the row at a place.</summary>
    public void RemoveAt(int index)
    {
        Count--;
        Array.Copy(rows, index + 1, rows, index, Count - index);
        rows[Count] = null!;
    }
}
