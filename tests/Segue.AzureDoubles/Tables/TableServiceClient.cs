using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables;

public class TableServiceClient
{
    private readonly Uri _endpoint = null!;
    private readonly HttpPipeline _pipeline = null!;
    protected TableServiceClient() { }
    public TableServiceClient(string connectionString, TableClientOptions? options = null)
    {
        if (connectionString == "UseDevelopmentStorage=true")
        {
            connectionString = "AccountName=devstoreaccount1;TableEndpoint=http://127.0.0.1:10002/devstoreaccount1;"
                + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
        }
        var parts = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);
        var account = parts["AccountName"];
        _endpoint = new(parts.TryGetValue("TableEndpoint", out var endpoint) ? endpoint : $"https://{account}.table.core.windows.net");
        _pipeline = HttpPipelineBuilder.Build(
            options ?? new(), new SharedKeyLitePolicy(account, Convert.FromBase64String(parts["AccountKey"])));
    }
    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions? options = null)
    {
        _endpoint = endpoint;
        _pipeline = HttpPipelineBuilder.Build(
            options ?? new(), new BearerTokenAuthenticationPolicy(tokenCredential, "https://storage.azure.com/.default"));
    }
    public virtual TableClient GetTableClient(string tableName) => new(_endpoint, _pipeline, tableName);
}

public class TableClientOptions : ClientOptions;
