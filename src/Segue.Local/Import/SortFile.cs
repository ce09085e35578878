namespace Segue.Local.Import;

/// <summary>Sorted rows in a file.</summary>
internal static class SortFile
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>Writes rows; they are sorted already.</summary>
    public static void Write(string path, IEnumerable<StagedRow> rows)
    {
        using var writer = new BinaryWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes));
        foreach (var row in rows)
        {
            writer.Write(true);
            RowCodec.Write(writer, row);
        }

        writer.Write(false);
    }

    /// <summary>Reads them back in their order.</summary>
    public static IEnumerable<StagedRow> Read(string path)
    {
        using var reader = new BinaryReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes));
        while (reader.ReadBoolean())
        {
            yield return RowCodec.Read(reader);
        }
    }
}
