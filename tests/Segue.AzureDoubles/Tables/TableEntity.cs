namespace Azure.Data.Tables;

public interface ITableEntity
{
    string PartitionKey { get; set; }
    string RowKey { get; set; }
    ETag ETag { get; set; }
}

public sealed class TableEntity : Dictionary<string, object>, ITableEntity
{
    public TableEntity() { }
    public TableEntity(string partitionKey, string rowKey) => (PartitionKey, RowKey) = (partitionKey, rowKey);
    public string PartitionKey { get => (string)this["PartitionKey"]; set => this["PartitionKey"] = value; }
    public string RowKey { get => (string)this["RowKey"]; set => this["RowKey"] = value; }
    public ETag ETag
    {
        get => TryGetValue("odata.etag", out var etag) ? new((string)etag) : default;
        set => this["odata.etag"] = value.ToString();
    }
}
