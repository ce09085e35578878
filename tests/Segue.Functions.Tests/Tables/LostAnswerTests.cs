using Azure;
using Azure.Identity;
using Segue.Functions.Tables;
using Segue.Functions.Tests.Support;
using Segue.Ports;

namespace Segue.Functions.Tests.Tables;

/// <summary>A batch whose answer is lost may have landed: the rows tell, not a second try.</summary>
public sealed class LostAnswerTests
{
    private readonly string _table = $"T{Guid.NewGuid():N}";
    private readonly FlakyTables _line;
    private readonly AzureTableStore _store;
    private readonly AzureTableStore _direct;

    public LostAnswerTests(Azurite azurite)
    {
        _line = new(azurite.Client());
        _store = new(azurite.Client(), _line);
        _direct = azurite.Store();
    }

    public static TheoryData<string> Ambiguous { get; } = ["timeout", "500", "502", "504", "408", "503", "reset", "io"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task Commit_LandedWithoutAnswer_GivesTheRowsETags(string fault)
    {
        var before = await CommitAsync(RowChange.Insert("a", Props(1)), RowChange.Insert("b", Props(1)));
        _line.Answers = () => Fault(fault);

        var etags = await CommitAsync(
            RowChange.Replace("a", Props(2), before[0]!), RowChange.Delete("b", before[1]!), RowChange.Insert("c", Props(new byte[] { 1, 2 })));

        Assert.Equal((await GetAsync("a"))!.ETag, etags[0]);
        Assert.Null(etags[1]);
        Assert.Equal((await GetAsync("c"))!.ETag, etags[2]);
        Assert.Equal(2, _line.Batches);
    }

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task Commit_LostBeforeItLanded_IsUnavailableAndChangesNothing(string fault)
    {
        await CommitAsync(RowChange.Insert("a", Props(1)));
        (_line.Delivers, _line.Answers) = (false, () => Fault(fault));

        await Assert.ThrowsAsync<PortUnavailableException>(() => CommitAsync(RowChange.Insert("b", Props(2)), RowChange.Upsert("a", Props(2))));

        Assert.Null(await GetAsync("b"));
        Assert.Equal(1, (await GetAsync("a"))!.Properties["value"]);
    }

    [Fact]
    public async Task Commit_LostWhileAnotherWroteTheSameRow_IsUnavailable()
    {
        var before = await CommitAsync(RowChange.Insert("a", Props(1)));
        _line.Answers = () => Fault("timeout");
        _line.Delivers = false;
        await _direct.CommitAsync(_table, "p", [RowChange.Replace("a", Props("theirs"), before[0]!)], Cancellation);

        await Assert.ThrowsAsync<PortUnavailableException>(() => CommitAsync(RowChange.Replace("a", Props("ours"), before[0]!)));
        Assert.Equal("theirs", (await GetAsync("a"))!.Properties["value"]);
    }

    [Fact]
    public async Task Commit_DeletionsWithoutAnswer_StayUncertain()
    {
        await CommitAsync(RowChange.Insert("a", Props(1)));
        _line.Answers = () => Fault("timeout");

        await Assert.ThrowsAsync<PortUnavailableException>(() => CommitAsync(RowChange.Delete("a")));
    }

    [Fact]
    public async Task Commit_ServerBusy_IsUnavailableWithoutLooking()
    {
        (_line.Delivers, _line.Answers) = (false, () => new RequestFailedException(503, "busy", "ServerBusy", null));
        await Assert.ThrowsAsync<PortUnavailableException>(() => CommitAsync(RowChange.Insert("a", Props(1))));
    }

    [Fact]
    public async Task Commit_NoToken_IsUnavailable()
    {
        (_line.Delivers, _line.Answers) = (false, () => new CredentialUnavailableException("no identity here"));
        await Assert.ThrowsAsync<PortUnavailableException>(() => CommitAsync(RowChange.Insert("a", Props(1))));
    }

    [Theory]
    [InlineData(413, "RequestBodyTooLarge")]
    [InlineData(400, "EntityTooLarge")]
    public async Task Commit_RefusedForItsSize_IsALimit(int status, string code)
    {
        (_line.Delivers, _line.Answers) = (false, () => new RequestFailedException(status, "too large", code, null));
        await Assert.ThrowsAsync<TableLimitException>(() => CommitAsync(RowChange.Insert("a", Props(1))));
    }

    [Theory]
    [InlineData(409, "TableBeingDeleted")]
    [InlineData(403, "AuthorizationPermissionMismatch")]
    [InlineData(429, "TooManyRequests")]
    public async Task Commit_RefusedForNow_IsUnavailable(int status, string code)
    {
        (_line.Delivers, _line.Answers) = (false, () => new RequestFailedException(status, "not now", code, null));
        await Assert.ThrowsAsync<PortUnavailableException>(() => CommitAsync(RowChange.Insert("a", Props(1))));
    }

    [Fact]
    public async Task Commit_CancelledByItsCaller_IsCancelled()
    {
        using var giveUp = new CancellationTokenSource();
        (_line.Delivers, _line.Answers) = (false, () =>
        {
            giveUp.Cancel();
            return new OperationCanceledException(giveUp.Token);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _store.CommitAsync(_table, "p", [RowChange.Insert("a", Props(1))], giveUp.Token));
    }

    private static Exception Fault(string kind) => kind switch
    {
        "timeout" => new TaskCanceledException("The operation was cancelled because it exceeded the configured timeout."),
        "reset" => new RequestFailedException(0, "Connection reset by peer", "", new IOException("reset")),
        "io" => new IOException("The response ended prematurely."),
        "503" => new RequestFailedException(503, "gone", "", null),
        _ => new RequestFailedException(int.Parse(kind, null), "lost", "OperationTimedOut", null),
    };

    private static Dictionary<string, object> Props(object value) => new() { ["value"] = value };

    private Task<IReadOnlyList<string?>> CommitAsync(params RowChange[] changes) => _store.CommitAsync(_table, "p", changes, Cancellation);

    private Task<Row?> GetAsync(string key) => _store.GetAsync(_table, "p", key, Cancellation);
}
