using System.Text;
using System.Text.Json;

namespace Azure.Data.Tables
{
    public enum TableTransactionActionType
    {
        Add, UpdateMerge, UpdateReplace, Delete, UpsertMerge, UpsertReplace,
    }
    public class TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity, ETag etag = default)
    {
        public TableTransactionActionType ActionType { get; } = actionType;
        public ITableEntity Entity { get; } = entity;
        public ETag ETag { get; } = etag;
    }
    public class TableTransactionFailedException(RequestFailedException requestFailedException)
        : RequestFailedException(requestFailedException.Status, requestFailedException.Message, requestFailedException.ErrorCode, requestFailedException.InnerException)
    {
        /// <summary>The service begins its message with the change's place: <c>3:The specified entity already exists.</c></summary>
        public int? FailedTransactionActionIndex { get; } =
            int.TryParse(requestFailedException.Message.Split(':')[0], out var index) ? index : null;
    }
    internal static class TableErrors
    {
        public static RequestFailedException Of(Response response)
        {
            var (code, message) = ("", Encoding.UTF8.GetString(response.Content));
            try
            {
                using var document = JsonDocument.Parse(message);
                var error = document.RootElement.GetProperty("odata.error");
                code = error.GetProperty("code").GetString()!;
                message = error.GetProperty("message").GetProperty("value").GetString()!;
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException)
            {
                code = response.Headers.TryGetValue("x-ms-error-code", out var header) ? header : "";
            }
            return new(response.Status, message, code, null);
        }
    }
}

namespace Azure.Data.Tables.Models
{
    public class TableItem(string name)
    {
        public string Name { get; } = name;
    }
}
