using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Segue.Tests.Local.Processes;

/// <summary>The built program as a process of its own, which can be killed.</summary>
internal sealed class SegueProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly StringBuilder _error = new();
    private readonly List<(string Text, TaskCompletionSource<string> Seen)> _awaited = [];
    private readonly Task<string> _output;
    private readonly Task _errorEnd;

    private SegueProcess(IEnumerable<string> words, IReadOnlyList<string> under)
    {
        // Where the runner says which dotnet runs it, that one, else the one in the path.
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        ProcessStartInfo start = new(under.Count > 0 ? under[0] : dotnet)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var word in under.Skip(1))
        {
            start.ArgumentList.Add(word);
        }

        if (under.Count > 0)
        {
            start.ArgumentList.Add(dotnet);
        }

        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Segue.Local.dll"));
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _output = _process.StandardOutput.ReadToEndAsync();
        _errorEnd = ReadErrorAsync();
    }

    public int Id => _process.Id;

    public string Error
    {
        get
        {
            lock (_lock)
            {
                return _error.ToString();
            }
        }
    }

    public static SegueProcess Start(IEnumerable<string> words) => new(words, []);

    /// <summary>As if the disk ended where a file grows beyond so many KiB: writing there fails.</summary>
    public static SegueProcess StartOnASmallDisk(int kibibytes, IEnumerable<string> words)
    {
        // The runtime maps its code through a file of 2 GB, unless told not to; the signal would end the process.
        var script = $"trap '' XFSZ; ulimit -f {kibibytes}; export DOTNET_EnableWriteXorExecute=0; exec \"$@\"";
        return new(words, ["bash", "-c", script, "bash"]);
    }

    /// <summary>As somebody whom file permissions bind: root is not bound by them.</summary>
    public static SegueProcess StartUnprivileged(IEnumerable<string> words) =>
        new(words, Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"] : []);

    /// <summary>The most memory it has had so far, in MiB.</summary>
    public long PeakMemory() => long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture) / 1024;

    /// <summary>Waits for its end: exit code and standard output.</summary>
    public async Task<(int Code, string Output)> EndAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        await _process.WaitForExitAsync(patience.Token);
        await _errorEnd;
        return (_process.ExitCode, await _output);
    }

    /// <summary>Waits for a line on standard error that begins so, and returns it.</summary>
    public Task<string> LineAsync(string beginning)
    {
        lock (_lock)
        {
            if (_error.ToString().Split('\n').FirstOrDefault(l => l.StartsWith(beginning, StringComparison.Ordinal)) is { } line)
            {
                return Task.FromResult(line);
            }

            TaskCompletionSource<string> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((beginning, seen));
            return seen.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Ends it as <c>kill -9</c> does, wherever it is.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndAsync();
    }

    /// <summary>Asks it to end, as a service manager does.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (await EndAsync()).Code;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task ReadErrorAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_lock)
            {
                _error.Append(line).Append('\n');
                foreach (var (_, seen) in _awaited.Where(a => line.StartsWith(a.Text, StringComparison.Ordinal)))
                {
                    seen.TrySetResult(line);
                }
            }
        }

        lock (_lock)
        {
            foreach (var (text, seen) in _awaited)
            {
                seen.TrySetException(new InvalidOperationException($"It ended before it said '{text}', and said: {_error}"));
            }
        }
    }
}
