using Azure;
using Azure.Data.Tables;

namespace Segue.Functions.Tests.Support;

/// <summary>A real table service behind a bad line: what happens to a batch, and what its sender is told, a test decides.</summary>
internal sealed class FlakyTables(TableServiceClient real) : TableServiceClient
{
    /// <summary>Whether the service gets the batch.</summary>
    public bool Delivers { get; set; } = true;

    /// <summary>What the sender sees instead of the answer; null for the answer.</summary>
    public Func<Exception>? Answers { get; set; }

    /// <summary>Batches sent.</summary>
    public int Batches { get; private set; }

    public override TableClient GetTableClient(string tableName) => new Client(this, real.GetTableClient(tableName));

    private sealed class Client(FlakyTables line, TableClient table) : TableClient
    {
        public override async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
            IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
        {
            line.Batches++;
            Response<IReadOnlyList<Response>>? answer = null;
            if (line.Delivers)
            {
                await table.CreateIfNotExistsAsync(cancellationToken);
                answer = await table.SubmitTransactionAsync(transactionActions, cancellationToken);
            }

            return line.Answers is { } fault ? throw fault() : answer!;
        }
    }
}
