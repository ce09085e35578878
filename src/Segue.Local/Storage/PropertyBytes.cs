namespace Segue.Local.Storage;

/// <summary>A row's properties as bytes, every type and value exactly as it was.</summary>
/// <remarks>
/// A version byte, the number of properties, then for each its name, a byte for its type, and its value. Text is UTF-8
/// with its length before it, numbers are little-endian, a moment is its UTC ticks of 100 ns.
/// </remarks>
internal static class PropertyBytes
{
    private const byte Version = 1;

    private enum Kind : byte
    {
        Text = 1,
        False = 2,
        True = 3,
        Int = 4,
        Long = 5,
        Double = 6,
        Moment = 7,
        Binary = 8,
    }

    /// <summary>The properties as bytes; null values are left out.</summary>
    public static byte[] Of(IReadOnlyDictionary<string, object> properties)
    {
        using var stream = new MemoryStream(256);
        using var writer = new BinaryWriter(stream);
        writer.Write(Version);
        writer.Write7BitEncodedInt(properties.Count(property => property.Value is not null));
        foreach (var (name, value) in properties)
        {
            if (value is not null)
            {
                writer.Write(name);
                Write(writer, value);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The properties that the bytes came from.</summary>
    /// <exception cref="InvalidDataException">They came from a newer version.</exception>
    public static IReadOnlyDictionary<string, object> ToProperties(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false));
        if (reader.ReadByte() is var version && version != Version)
        {
            throw new InvalidDataException($"A row is written in format {version}; this version of Segue reads {Version}.");
        }

        var count = reader.Read7BitEncodedInt();
        var properties = new Dictionary<string, object>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            properties.Add(reader.ReadString(), Read(reader));
        }

        return properties;
    }

    private static void Write(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.Write((byte)Kind.Text);
                writer.Write(text);
                break;
            case bool flag:
                writer.Write((byte)(flag ? Kind.True : Kind.False));
                break;
            case int number:
                writer.Write((byte)Kind.Int);
                writer.Write(number);
                break;
            case long number:
                writer.Write((byte)Kind.Long);
                writer.Write(number);
                break;
            case double number:
                writer.Write((byte)Kind.Double);
                writer.Write(number);
                break;
            case DateTimeOffset moment:
                writer.Write((byte)Kind.Moment);
                writer.Write(moment.UtcTicks);
                break;
            case byte[] binary:
                writer.Write((byte)Kind.Binary);
                writer.Write7BitEncodedInt(binary.Length);
                writer.Write(binary);
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} can't be kept.", nameof(value));
        }
    }

    private static object Read(BinaryReader reader) => (Kind)reader.ReadByte() switch
    {
        Kind.Text => reader.ReadString(),
        Kind.False => false,
        Kind.True => true,
        Kind.Int => reader.ReadInt32(),
        Kind.Long => reader.ReadInt64(),
        Kind.Double => reader.ReadDouble(),
        Kind.Moment => new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
        Kind.Binary => reader.ReadBytes(reader.Read7BitEncodedInt()),
        var kind => throw new InvalidDataException($"A row holds a property of kind {(byte)kind}, which is unknown."),
    };
}
