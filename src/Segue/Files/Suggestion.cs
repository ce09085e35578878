namespace Segue.Files;

/// <summary>"Did you mean" for names that are not known.</summary>
public static class Suggestion
{
    /// <summary>
    /// A sentence with a leading space that names the nearest of <paramref name="known"/>, or all of them where none is
    /// near; empty where there are none.
    /// </summary>
    public static string For(string found, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(found);
        var names = known.ToList();
        if (names.Count == 0)
        {
            return "";
        }

        var (nearest, distance) = names.Select(n => (n, Distance(found.ToUpperInvariant(), n.ToUpperInvariant())))
            .MinBy(p => p.Item2);
        return distance <= Math.Max(1, found.Length / 3) ? $" Did you mean '{nearest}'?"
            : $" Known are: {string.Join(", ", names)}.";
    }

    /// <summary>Edits (insert, delete, replace, swap of neighbours) from one text to the other.</summary>
    internal static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                d[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(
                    Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
