using System.Globalization;
using System.Text;
using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>A batch as the multipart request of "Performing entity group transactions", and its answer.</summary>
internal sealed class TableBatch
{
    public TableBatch(string service, IEnumerable<(TableTransactionAction Action, string Row, string Table)> actions)
    {
        var (batch, changeSet) = ($"batch_{Guid.NewGuid()}", $"changeset_{Guid.NewGuid()}");
        var body = new StringBuilder($"--{batch}\r\nContent-Type: multipart/mixed; boundary={changeSet}\r\n\r\n");
        foreach (var (action, row, table) in actions)
        {
            var (method, address) = action.ActionType switch
            {
                TableTransactionActionType.Add => ("POST", table),
                TableTransactionActionType.Delete => ("DELETE", row),
                _ => ("PUT", row),
            };
            body.Append(CultureInfo.InvariantCulture, $"--{changeSet}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n")
                .Append(CultureInfo.InvariantCulture, $"{method} {address} HTTP/1.1\r\nAccept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0\r\nPrefer: return-no-content\r\n");
            if (action.ActionType is TableTransactionActionType.UpdateReplace or TableTransactionActionType.Delete)
            {
                body.Append(CultureInfo.InvariantCulture, $"If-Match: {action.ETag.ToString("H")}\r\n");
            }
            body.Append(method == "DELETE" ? "\r\n" : $"Content-Type: application/json\r\n\r\n{TableJson.Write((TableEntity)action.Entity)}\r\n");
        }
        Body = body.Append(CultureInfo.InvariantCulture, $"--{changeSet}--\r\n--{batch}--\r\n").ToString();
        ContentType = $"multipart/mixed; boundary={batch}";
    }
    public string Body { get; }
    public string ContentType { get; }
    public static List<BatchAnswer> Parse(string text)
    {
        var answers = new List<BatchAnswer>();
        for (var at = text.IndexOf("HTTP/1.1 ", StringComparison.Ordinal); at >= 0;)
        {
            var next = text.IndexOf("HTTP/1.1 ", at + 9, StringComparison.Ordinal);
            var part = text[at..(next < 0 ? text.Length : next)];
            var end = part.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var lines = part[..end].Split("\r\n");
            var body = part[(end + 4)..];
            var boundary = body.IndexOf("\r\n--", StringComparison.Ordinal);
            answers.Add(new(
                int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture),
                lines[1..].Select(l => l.Split(':', 2)).ToDictionary(l => l[0].Trim(), l => l[1].Trim(), StringComparer.OrdinalIgnoreCase),
                boundary < 0 ? body : body[..boundary]));
            at = next;
        }
        return answers;
    }
}

/// <summary>One change's answer.</summary>
internal sealed class BatchAnswer(int status, Dictionary<string, string> headers, string body) : Response
{
    public override int Status => status;
    public override string ReasonPhrase => "";
    public override Stream? ContentStream { get; set; } = new MemoryStream(Encoding.UTF8.GetBytes(body));
    public override string ClientRequestId { get; set; } = "";
    public override void Dispose() => ContentStream?.Dispose();
    protected override bool ContainsHeader(string name) => headers.ContainsKey(name);
    protected override IEnumerable<HttpHeader> EnumerateHeaders() => headers.Select(h => new HttpHeader(h.Key, h.Value));
    protected override bool TryGetHeader(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => headers.TryGetValue(name, out value);
    protected override bool TryGetHeaderValues(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = headers.TryGetValue(name, out var value) ? [value] : null;
        return values is not null;
    }
}
