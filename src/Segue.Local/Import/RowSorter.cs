using System.Globalization;

namespace Segue.Local.Import;

/// <summary>
/// Sorts any number of rows in flat memory: what fits is sorted there, more goes through sorted files that are merged.
/// </summary>
internal sealed class RowSorter : IDisposable
{
    /// <summary>Files that are merged at once, which bounds open files.</summary>
    private const int Fan = 32;

    /// <summary>Characters of rich rows (items, facts) that are held besides the plain ones.</summary>
    private const long MaxText = 64 * 1024 * 1024;

    private readonly string _folder;
    private readonly int _rowsInMemory;
    private readonly List<List<string>> _levels = [];
    private List<StagedRow> _rows = [];
    private Task _spilling = Task.CompletedTask;
    private bool _spilled;
    private long _text;
    private int _files;

    /// <summary>Removes what a killed import left in the folder.</summary>
    public RowSorter(string folder, int rowsInMemory)
    {
        _folder = folder;
        _rowsInMemory = rowsInMemory;
        Clean();
    }

    /// <summary>Takes a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="size">Roughly how much text it holds, in characters.</param>
    public void Add(StagedRow row, int size)
    {
        _rows.Add(row);
        _text += size;

        // While one half goes to its file the other fills, so that sorting takes no time from reading.
        var most = !_spilled ? _rowsInMemory : _rowsInMemory / 2;
        if (_rows.Count >= most || _text >= MaxText)
        {
            Spill();
        }
    }

    /// <summary>All rows in their order; to be read once, after the last was added.</summary>
    public IEnumerable<StagedRow> Sorted()
    {
        _spilling.GetAwaiter().GetResult();
        return Merge([Sort(_rows), .. _levels.SelectMany(l => l).Select(SortFile.Read)]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Whether a spill under way fails matters no more; but its file must not come after the cleaning.
        Task.WhenAny(_spilling).GetAwaiter().GetResult();
        Clean();
    }

    private void Spill()
    {
        _spilling.GetAwaiter().GetResult();
        var rows = _rows;
        _spilling = Task.Run(() => AddFile(0, Sort(rows)));
        _rows = new(rows.Count);
        _text = 0;
        _spilled = true;
    }

    /// <summary>Most comparisons end at the first eight characters of the customer, which stand beside each other in memory.</summary>
    private static IEnumerable<StagedRow> Sort(List<StagedRow> rows)
    {
        var keys = new SortKey[rows.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = new(Prefix(rows[i].Order.CustomerId), rows[i]);
        }

        Array.Sort(keys);
        return keys.Select(k => k.Row);
    }

    /// <summary>A number that orders ids as their first characters do; all beyond ASCII count as one, and end it.</summary>
    private static ulong Prefix(string id)
    {
        ulong prefix = 0;
        for (var i = 0; i < 8; i++)
        {
            prefix = (prefix << 8) | (i < id.Length ? Math.Min(id[i], (char)0x7F) : 0UL);
            if (i < id.Length && id[i] >= 0x7F)
            {
                return prefix << (8 * (7 - i));
            }
        }

        return prefix;
    }

    private readonly record struct SortKey(ulong Prefix, StagedRow Row) : IComparable<SortKey>
    {
        public int CompareTo(SortKey other) =>
            Prefix != other.Prefix ? Prefix.CompareTo(other.Prefix) : Row.CompareTo(other.Row);
    }

    /// <summary>Every <see cref="Fan"/> files of a level become one of the next, so that each row is rewritten seldom.</summary>
    private void AddFile(int level, IEnumerable<StagedRow> rows)
    {
        Directory.CreateDirectory(_folder);
        var path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{++_files}.sort"));
        SortFile.Write(path, rows);
        if (level == _levels.Count)
        {
            _levels.Add([]);
        }

        var files = _levels[level];
        files.Add(path);
        if (files.Count == Fan)
        {
            AddFile(level + 1, Merge([.. files.Select(SortFile.Read)]));
            files.ForEach(File.Delete);
            files.Clear();
        }
    }

    private static IEnumerable<StagedRow> Merge(IReadOnlyList<IEnumerable<StagedRow>> sources)
    {
        var open = sources.Select(s => s.GetEnumerator()).ToList();
        try
        {
            var next = new PriorityQueue<IEnumerator<StagedRow>, StagedRow>();
            foreach (var source in open.Where(s => s.MoveNext()))
            {
                next.Enqueue(source, source.Current);
            }

            while (next.TryDequeue(out var source, out var row))
            {
                yield return row;
                if (source.MoveNext())
                {
                    next.Enqueue(source, source.Current);
                }
            }
        }
        finally
        {
            open.ForEach(s => s.Dispose());
        }
    }

    private void Clean()
    {
        if (Directory.Exists(_folder))
        {
            foreach (var file in Directory.EnumerateFiles(_folder, "*.sort"))
            {
                File.Delete(file);
            }
        }
    }
}
