using System.Text;
using Segue.Local.Import;

namespace Segue.Tests.Import;

public sealed class HostileFileTests : ImportFixture
{
    private const string Header = "customerId,orderedAt,amount\n";
    private const string Unclosed = "a quote that opens a field in this line is not closed before a separator or a line end";

    [Fact]
    public async Task ReadAsync_InvalidUtf8_NamesLineAndByteAndHarmsNoOtherRow()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Header + "a,2024-01-01,1\nb"), 0xE9, .. ",2024-01-01,2\nü,2024-01-01,3\n"u8];
        var orders = Orders(await ImportAsync(bytes));
        Assert.Equal(["a", "ü"], orders.Select(o => o.CustomerId));
        var bad = Assert.Single(Bad.Rows);
        Assert.Equal((3, "b\uFFFD,2024-01-01,2"), (bad.Line, bad.Raw));
        Assert.Equal("byte 0xE9 at position 2 is no valid UTF-8; save the file as UTF-8", Assert.Single(bad.Reasons));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task ReadAsync_LineOverAMegabyte_IsSkippedToItsEnd(string end)
    {
        var text = $"{Header}a,2024-01-01,1{end}b,{new string('x', 3_000_000)}{end}c,2024-01-01,2{end}d,{new string('y', RecordScanner.MaxRecord)}";
        Assert.Equal(["a", "c"], Orders(await ImportAsync(text)).Select(o => o.CustomerId));
        Assert.Equal([3L, 5L], Bad.Rows.Select(r => r.Line));
        Assert.All(Bad.Rows, r =>
        {
            Assert.Equal("the line is longer than 1048576 bytes", Assert.Single(r.Reasons));
            Assert.Equal(BadRow.MaxRaw, r.Raw.Length);
        });
    }

    [Theory]
    [InlineData("orders.csv", "customerId,orderedAt,amount\na,2024-01-01,1\n", "\nb,2024-01-01,2\n")]
    [InlineData("orders.jsonl", "{\"orderId\":\"o\",\"customerId\":\"a\",\"orderedAt\":\"2024-01-01T00:00:00Z\",\"amount\":1}\n", "\n{\"orderId\":\"p\",\"customerId\":\"b\",\"orderedAt\":\"2024-01-01T00:00:00Z\",\"amount\":2}\n")]
    public async Task ReadAsync_LineOfTwoGigabytes_StaysFlatInMemory(string file, string before, string after)
    {
        await using var stream = new LongLine(before, 2L * 1024 * 1024 * 1024, after);
        var total = GC.GetTotalAllocatedBytes();
        var customers = new List<string>();
        await foreach (var group in OrderImport.ReadAsync(stream, Options(file), Bad, cancellation: TestContext.Current.CancellationToken))
        {
            customers.Add(group.CustomerId);
        }

        Assert.Equal(["a", "b"], customers);
        Assert.Equal("the line is longer than 1048576 bytes", Assert.Single(Assert.Single(Bad.Rows).Reasons));
        Assert.True(GC.GetTotalAllocatedBytes() - total < 400_000_000, $"{GC.GetTotalAllocatedBytes() - total} bytes allocated");
    }

    [Fact]
    public async Task ReadAsync_QuoteThatNeverEnds_CostsOnlyItsLine()
    {
        var rows = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"c{i:000000},2024-01-01,1\n"));
        var orders = Orders(await ImportAsync($"{Header}\"open,2024-01-01,1\n{rows}"));
        Assert.Equal(100_000, orders.Count);
        var bad = Assert.Single(Bad.Rows);
        Assert.Equal((2, Unclosed), (bad.Line, Assert.Single(bad.Reasons)));
        Assert.Equal("\"open,2024-01-01,1", bad.Raw);
    }

    [Fact]
    public async Task ReadAsync_TextAfterAClosingQuote_CostsOnlyItsLine()
    {
        var orders = Orders(await ImportAsync($"{Header}\"a,2024-01-01,1\nb,2024-01-01,2\n\"c,2024-01-01,3\nd,2024-01-01,4\n\"e\"x,2024-01-01,4"));
        Assert.Equal(["b", "d"], orders.Select(o => o.CustomerId));
        Assert.Equal([2L, 4L, 6L], Bad.Rows.Select(r => r.Line));
        Assert.All(Bad.Rows, r => Assert.Equal(Unclosed, Assert.Single(r.Reasons)));
    }

    [Fact]
    public async Task ReadAsync_QuoteInsideAField_IsText() =>
        Assert.Equal("a\"b", Assert.Single(Orders(await ImportAsync($"{Header}a\"b,2024-01-01,1"))).CustomerId);

    /// <summary>However the stream cuts its bytes, and wherever the buffer ends, the records are the same.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task ReadAsync_StreamInPieces_GivesTheSameRows(int piece)
    {
        var random = new Random(3);
        var text = new StringBuilder(Header.Replace("\n", ",name\r\n", StringComparison.Ordinal));
        for (var i = 0; i < 20_000; i++)
        {
            var name = random.Next(4) switch { 0 => "\"a,\"\"b\"\"\"", 1 => "\"\"", 2 => "ü\"x", _ => "" };
            text.Append($"c{i:00000},2024-01-01,{i % 7},{name}{(random.Next(2) == 0 ? "\r\n" : "\n")}");
        }

        var lines = new List<long>();
        await foreach (var group in OrderImport.ReadAsync(new Pieces(Encoding.UTF8.GetBytes(text.ToString()), piece), Options(), Bad, cancellation: TestContext.Current.CancellationToken))
        {
            lines.AddRange(group.Lines);
        }

        Assert.Equal(Enumerable.Range(2, 20_000).Select(i => (long)i), lines);
        Assert.Empty(Bad.Rows);
    }

    [Fact]
    public void Text_LongRow_IsCutBetweenCharacters()
    {
        var text = BadRow.Text(Encoding.UTF8.GetBytes("a" + string.Concat(Enumerable.Repeat("😀", 2000))));
        Assert.InRange(text.Length, BadRow.MaxRaw - 1, BadRow.MaxRaw);
        Assert.False(char.IsHighSurrogate(text[^1]));
    }

    /// <summary>Rows, then one endless line, then rows; made as it is read.</summary>
    private sealed class LongLine(string before, long length, string after) : Unseekable
    {
        private readonly byte[] _before = Encoding.UTF8.GetBytes(before);
        private readonly byte[] _after = Encoding.UTF8.GetBytes(after);
        private long _at;

        public override int Read(Span<byte> buffer)
        {
            var (source, from) = _at < _before.Length ? (_before, _at) : (_after, _at - _before.Length - length);
            if (_at >= _before.Length && from < 0)
            {
                var filler = (int)Math.Min(buffer.Length, -from);
                buffer[..filler].Fill((byte)'x');
                _at += filler;
                return filler;
            }

            var count = (int)Math.Min(buffer.Length, source.Length - from);
            source.AsSpan((int)from, count).CopyTo(buffer);
            _at += count;
            return count;
        }
    }

    private sealed class Pieces(byte[] bytes, int size) : Unseekable
    {
        private int _at;

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(Math.Min(size, buffer.Length), bytes.Length - _at);
            bytes.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }
    }

    private abstract class Unseekable : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public abstract override int Read(Span<byte> buffer);

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
