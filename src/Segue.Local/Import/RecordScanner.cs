using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Segue.Files;

namespace Segue.Local.Import;

/// <summary>
/// Cuts a stream into records in constant memory and sets those aside that no parser should see: too long, no valid
/// UTF-8, or with a quote that never closes, which would swallow the rows after it.
/// </summary>
internal sealed class RecordScanner(Stream stream, string file)
{
    /// <summary>Bytes of the longest line, and of the longest record of several lines.</summary>
    public const int MaxRecord = 1024 * 1024;

    private const int FirstBuffer = 256 * 1024;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _start;
    private int _end;
    private bool _isLast;
    private long _line = 1;

    /// <summary>Bytes read from the stream.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Looks at the first line without taking it: its bytes without a byte order mark, at most 1 MiB of them.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekLineAsync(CancellationToken cancellation)
    {
        await FillAsync(cancellation);
        var head = _buffer.AsSpan(0, _end);
        if (head.StartsWith("\uFEFF"u8))
        {
            _start = 3;
        }
        else if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            throw new ImportRefusedException(new FileError(file, 1, "", "Found UTF-16 text; save the file as UTF-8."));
        }

        // Blank lines before the header are no header.
        while (_start < _end && _buffer[_start] is (byte)'\n' or (byte)'\r')
        {
            _line += _buffer[_start] == '\n' ? 1 : 0;
            _start++;
        }

        int length;
        while ((length = RecordEnd.OfLine(_buffer.AsSpan(_start, _end - _start), _isLast)) == RecordEnd.Unknown
            && !_isLast && _end - _start <= MaxRecord)
        {
            await FillAsync(cancellation);
        }

        return _buffer.AsMemory(_start, length == RecordEnd.Unknown ? _end - _start : length);
    }

    /// <summary>All records, in order. What a run holds is valid until the next is asked for.</summary>
    /// <param name="separator">Between CSV fields; null means that every line is a record.</param>
    /// <param name="cancellation">Stops reading.</param>
    public async IAsyncEnumerable<RawRecords> ReadAsync(byte? separator, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var (good, next, fault) = Scan(separator);
            if (good > 0)
            {
                yield return new(_buffer.AsMemory(_start, good), _line, null);
                Take(good);
            }

            if (fault is not null)
            {
                yield return new(_buffer.AsMemory(_start, next), _line, fault);
                Take(next);
            }
            else if (_end - _start > MaxRecord)
            {
                yield return new(_buffer.AsMemory(_start, BadRow.MaxRaw * 4), _line, TooLong);
                await SkipLineAsync(cancellation);
            }
            else if (_isLast)
            {
                yield break;
            }
            else
            {
                await FillAsync(cancellation);
            }
        }
    }

    private static string TooLong => $"the line is longer than {MaxRecord} bytes";

    /// <summary>Bytes of good records from the start on, then of the bad one that stopped the scan, if any did.</summary>
    private (int Good, int Next, string? Fault) Scan(byte? separator)
    {
        var good = 0;
        while (true)
        {
            var rest = _buffer.AsSpan(_start + good, _end - _start - good);
            var line = RecordEnd.OfLine(rest, _isLast);
            if (line == RecordEnd.Unknown)
            {
                return (good, 0, null);
            }

            if (line > MaxRecord)
            {
                return (good, line, TooLong);
            }

            var record = separator is { } s ? RecordEnd.OfRecord(rest, line, s, _isLast) : line;
            if (record == RecordEnd.BadQuote || (record == RecordEnd.Unknown && rest.Length > MaxRecord) || record > MaxRecord)
            {
                // Only the first line is given up: the rows after it are none of the quote's business.
                return (good, line, "a quote that opens a field in this line is not closed before a separator or a line end");
            }

            if (record == RecordEnd.Unknown)
            {
                return (good, 0, null);
            }

            if (!Utf8.IsValid(rest[..record]))
            {
                return (good, record, $"{BadByte(rest[..record])} is no valid UTF-8; save the file as UTF-8");
            }

            good += record;
        }
    }

    private static string BadByte(ReadOnlySpan<byte> record)
    {
        var at = 0;
        while (at < record.Length && System.Text.Rune.DecodeFromUtf8(record[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return $"byte 0x{record[at]:X2} at position {at + 1}";
    }

    private void Take(int bytes)
    {
        _line += Lines(_buffer.AsSpan(_start, bytes));
        _start += bytes;
    }

    private static int Lines(ReadOnlySpan<byte> bytes)
    {
        var returns = bytes.Count((byte)'\r');
        return bytes.Count((byte)'\n') + (returns == 0 ? 0 : returns - bytes.Count("\r\n"u8));
    }

    /// <summary>Drops the rest of a line that is longer than memory shall hold; its end stays and reads as a blank line.</summary>
    private async ValueTask SkipLineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var at = _buffer.AsSpan(_start, _end - _start).IndexOfAny((byte)'\n', (byte)'\r');
            _start = at >= 0 ? _start + at : _end;
            if (at >= 0 || _isLast)
            {
                return;
            }

            await FillAsync(cancellation);
        }
    }

    /// <summary>Moves what is left to the front and fills the buffer, which grows until it holds a longest record.</summary>
    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await stream.ReadAtLeastAsync(_buffer.AsMemory(_end), _buffer.Length - _end, throwOnEndOfStream: false, cancellation);
        BytesRead += read;
        _isLast = read < _buffer.Length - _end;
        _end += read;
    }
}
