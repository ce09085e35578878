using System.Text;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables;

/// <summary>Speaks the Table service's REST protocol.</summary>
public class TableClient
{
    private readonly string _address = "";
    private readonly HttpPipeline _pipeline = null!;
    protected TableClient() { }
    internal TableClient(Uri endpoint, HttpPipeline pipeline, string name) =>
        (_address, _pipeline, Name) = (endpoint.AbsoluteUri.TrimEnd('/'), pipeline, name);
    public virtual string Name { get; } = "";
    public virtual async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default)
    {
        var response = await SendAsync(RequestMethod.Post, $"{_address}/Tables", $$"""{"TableName":"{{Name}}"}""", cancellationToken);
        return response.Status is 201 or 204 or 409 ? Response.FromValue(new TableItem(Name), response) : throw TableErrors.Of(response);
    }
    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var response = await SendAsync(RequestMethod.Get, Address(partitionKey, rowKey), null, cancellationToken);
        if (response.Status == 404)
        {
            return new NoValue<T>(response);
        }
        using var document = JsonDocument.Parse(Content(response));
        return Response.FromValue((T)(ITableEntity)TableJson.Read(document.RootElement), response);
    }
    public virtual AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity => new Query<T>(this, filter, maxPerPage, cancellationToken);
    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        var actions = transactionActions.ToList();
        var batch = new TableBatch(_address, actions.Select(a => (a, Address(a.Entity.PartitionKey, a.Entity.RowKey), $"{_address}/{Name}")));
        var request = Request(RequestMethod.Post, $"{_address}/$batch", batch.Body);
        request.Headers.SetValue("Content-Type", batch.ContentType);
        var response = await SendAsync(request, cancellationToken);
        if (response.Status != 202)
        {
            throw TableErrors.Of(response);
        }
        var answers = TableBatch.Parse(Content(response));
        return answers.FirstOrDefault(a => a.Status >= 400) is { } failed
            ? throw new TableTransactionFailedException(TableErrors.Of(failed))
            : Response.FromValue<IReadOnlyList<Response>>([.. answers], response);
    }
    private async Task<Page<T>> PageAsync<T>(string? filter, string? continuation, int? size, CancellationToken cancellation)
        where T : class, ITableEntity
    {
        var address = new StringBuilder($"{_address}/{Name}()?");
        address.Append(filter is null ? "" : $"$filter={Uri.EscapeDataString(filter)}&").Append(size is null ? "" : $"$top={size}&");
        var next = continuation?.Split(' ');
        address.Append(next is null ? "" : $"NextPartitionKey={Uri.EscapeDataString(next[0])}&NextRowKey={Uri.EscapeDataString(next[1])}");
        var response = await SendAsync(RequestMethod.Get, address.ToString().TrimEnd('&', '?'), null, cancellation);
        using var document = JsonDocument.Parse(response.Status == 200 ? Content(response) : throw TableErrors.Of(response));
        var rows = document.RootElement.GetProperty("value").EnumerateArray().Select(e => (T)(ITableEntity)TableJson.Read(e)).ToList();
        return Page<T>.FromValues(
            rows,
            response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var partition)
                ? $"{partition} {(response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var row) ? row : "")}" : null,
            response);
    }
    private string Address(string partition, string row) => $"{_address}/{Name}(PartitionKey='{Quoted(partition)}',RowKey='{Quoted(row)}')";
    private static string Quoted(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));
    private static string Content(Response response) => Encoding.UTF8.GetString(response.Content);
    private Request Request(RequestMethod method, string address, string? body)
    {
        var request = _pipeline.CreateRequest();
        request.Method = method;
        request.Uri.Reset(new Uri(address));
        request.Headers.SetValue("x-ms-version", "2019-02-02");
        request.Headers.SetValue("DataServiceVersion", "3.0");
        request.Headers.SetValue("Accept", "application/json;odata=minimalmetadata");
        if (body is not null)
        {
            request.Headers.SetValue("Content-Type", "application/json");
            request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(body));
        }
        return request;
    }
    private Task<Response> SendAsync(RequestMethod method, string address, string? body, CancellationToken cancellation) =>
        SendAsync(Request(method, address, body), cancellation);
    private async Task<Response> SendAsync(Request request, CancellationToken cancellation)
    {
        var response = await _pipeline.SendRequestAsync(request, cancellation);
        return response.Status >= 400 && response.Status is not (404 or 409) ? throw TableErrors.Of(response) : response;
    }
    private sealed class NoValue<T>(Response response) : NullableResponse<T>
    {
        public override bool HasValue => false;
        public override T Value => throw new InvalidOperationException("There is no such entity.");
        public override Response GetRawResponse() => response;
    }
    private sealed class Query<T>(TableClient table, string? filter, int? size, CancellationToken cancellation) : AsyncPageable<T>
        where T : class, ITableEntity
    {
        public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            do
            {
                var page = await table.PageAsync<T>(filter, continuationToken, pageSizeHint ?? size, cancellation);
                yield return page;
                continuationToken = page.ContinuationToken;
            }
            while (continuationToken is not null);
        }
    }
}
