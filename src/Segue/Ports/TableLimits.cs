namespace Segue.Ports;

/// <summary>Azure Table Storage's limits, which every table store enforces.</summary>
/// <remarks>
/// Source: Microsoft Learn, "Understanding the Table service data model" and "Performing entity group transactions".
/// </remarks>
public static class TableLimits
{
    /// <summary>Changes in one batch.</summary>
    public const int BatchChanges = 100;

    /// <summary>Bytes of one batch.</summary>
    public const int BatchBytes = 4 * 1024 * 1024;

    /// <summary>Bytes of one row.</summary>
    public const int RowBytes = 1024 * 1024;

    /// <summary>Properties of one row, besides its keys and its timestamp.</summary>
    public const int Properties = 252;

    /// <summary>Bytes of one property; a string counts two a UTF-16 code unit.</summary>
    public const int PropertyBytes = 64 * 1024;

    /// <summary>UTF-16 code units of a partition key and of a row key.</summary>
    public const int KeyLength = 512;

    /// <summary>UTF-16 code units of a property's name.</summary>
    public const int PropertyNameLength = 255;

    /// <summary>Rows in one page.</summary>
    public const int PageSize = 1000;
}
