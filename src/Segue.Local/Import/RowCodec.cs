using Segue.Customers;
using Segue.Orders;

namespace Segue.Local.Import;

/// <summary>A row as bytes, for the sort files of one import; no version of it outlives the import.</summary>
internal static class RowCodec
{
    /// <summary>Writes a row.</summary>
    public static void Write(BinaryWriter writer, StagedRow row)
    {
        var order = row.Order;
        writer.Write7BitEncodedInt64(row.Line);
        writer.Write(order.CustomerId);
        writer.Write(order.OrderId);
        WriteMoment(writer, order.OrderedAt);
        WriteMoment(writer, order.UpdatedAt);
        writer.Write((byte)order.Status);
        writer.Write(order.DerivedId);
        WriteMoney(writer, order.Amount);
        WriteMoney(writer, order.Discount);
        WriteMoney(writer, order.Tax);
        WriteMoney(writer, order.Shipping);
        WriteText(writer, order.Channel);
        WriteText(writer, order.RefundOf);
        WriteAll(writer, order.DiscountCodes, writer.Write);
        WriteAll(writer, order.Items, item => WriteItem(writer, item));
        writer.Write(row.Facts.IsEmpty);
        if (!row.Facts.IsEmpty)
        {
            WriteFacts(writer, row.Facts);
        }
    }

    /// <summary>Reads a row.</summary>
    public static StagedRow Read(BinaryReader reader)
    {
        var line = reader.Read7BitEncodedInt64();
        var order = new Order
        {
            CustomerId = reader.ReadString(),
            OrderId = reader.ReadString(),
            OrderedAt = ReadMoment(reader)!.Value,
            UpdatedAt = ReadMoment(reader),
            Status = (OrderStatus)reader.ReadByte(),
            DerivedId = reader.ReadBoolean(),
            Amount = ReadMoney(reader)!.Value,
            Discount = ReadMoney(reader)!.Value,
            Tax = ReadMoney(reader)!.Value,
            Shipping = ReadMoney(reader)!.Value,
            Channel = ReadText(reader),
            RefundOf = ReadText(reader),
            DiscountCodes = ReadAll(reader, reader.ReadString),
            Items = ReadAll(reader, () => ReadItem(reader)),
        };
        return new(order, reader.ReadBoolean() ? CustomerFacts.None : ReadFacts(reader), line);
    }

    private static void WriteItem(BinaryWriter writer, OrderItem item)
    {
        writer.Write(item.ProductId);
        WriteText(writer, item.Name);
        WriteText(writer, item.Category);
        writer.Write7BitEncodedInt(item.Quantity);
        WriteMoney(writer, item.Price);
        WriteMoney(writer, item.Cost);
        writer.Write(item.GiftCard);
    }

    private static OrderItem ReadItem(BinaryReader reader) => new()
    {
        ProductId = reader.ReadString(),
        Name = ReadText(reader),
        Category = ReadText(reader),
        Quantity = reader.Read7BitEncodedInt(),
        Price = ReadMoney(reader)!.Value,
        Cost = ReadMoney(reader),
        GiftCard = reader.ReadBoolean(),
    };

    private static void WriteFacts(BinaryWriter writer, CustomerFacts facts)
    {
        WriteText(writer, facts.Email);
        WriteText(writer, facts.Phone);
        WriteText(writer, facts.Name);
        writer.Write((byte)facts.EmailConsent);
        writer.Write((byte)facts.PhoneConsent);
        WriteMoment(writer, facts.ConsentAt);
        WriteText(writer, facts.ConsentSource);
        WriteText(writer, facts.ConsentText);
        WriteText(writer, facts.Locale);
        WriteText(writer, facts.TimeZone);
        WriteMoney(writer, facts.Balance);
        WriteAll(writer, [.. facts.Attributes ?? new Dictionary<string, string>()], attribute =>
        {
            writer.Write(attribute.Key);
            writer.Write(attribute.Value);
        });
    }

    private static CustomerFacts ReadFacts(BinaryReader reader) => new()
    {
        Email = ReadText(reader),
        Phone = ReadText(reader),
        Name = ReadText(reader),
        EmailConsent = (Consent)reader.ReadByte(),
        PhoneConsent = (Consent)reader.ReadByte(),
        ConsentAt = ReadMoment(reader),
        ConsentSource = ReadText(reader),
        ConsentText = ReadText(reader),
        Locale = ReadText(reader),
        TimeZone = ReadText(reader),
        Balance = ReadMoney(reader),
        Attributes = ReadAll(reader, () => KeyValuePair.Create(reader.ReadString(), reader.ReadString())) is { Length: > 0 } all
            ? new Dictionary<string, string>(all) : null,
    };

    private static void WriteText(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
        {
            writer.Write(text);
        }
    }

    private static string? ReadText(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    /// <summary>Zero, which most optional money is, takes one byte.</summary>
    private static void WriteMoney(BinaryWriter writer, decimal? money)
    {
        writer.Write((byte)(money switch { null => 0, 0m => 1, _ => 2 }));
        if (money is not (null or 0m))
        {
            writer.Write(money.Value);
        }
    }

    private static decimal? ReadMoney(BinaryReader reader) => reader.ReadByte() switch
    {
        0 => null,
        1 => 0m,
        _ => reader.ReadDecimal(),
    };

    private static void WriteMoment(BinaryWriter writer, DateTimeOffset? moment)
    {
        writer.Write(moment is not null);
        if (moment is { } at)
        {
            writer.Write(at.Ticks);
            writer.Write((short)at.TotalOffsetMinutes);
        }
    }

    private static DateTimeOffset? ReadMoment(BinaryReader reader) =>
        reader.ReadBoolean() ? new DateTimeOffset(reader.ReadInt64(), TimeSpan.FromMinutes(reader.ReadInt16())) : null;

    private static void WriteAll<T>(BinaryWriter writer, IReadOnlyCollection<T> all, Action<T> write)
    {
        writer.Write7BitEncodedInt(all.Count);
        foreach (var one in all)
        {
            write(one);
        }
    }

    private static T[] ReadAll<T>(BinaryReader reader, Func<T> read)
    {
        var count = reader.Read7BitEncodedInt();
        if (count == 0)
        {
            return [];
        }

        var all = new T[count];
        for (var i = 0; i < count; i++)
        {
            all[i] = read();
        }

        return all;
    }
}
