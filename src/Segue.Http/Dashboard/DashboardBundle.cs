using System.Reflection;
using System.Security.Cryptography;

namespace Segue.Http.Dashboard;

/// <summary>The page's script and style sheet as the build left them in this assembly, or nothing where it had no Node.</summary>
internal sealed class DashboardBundle
{
    /// <summary>Name of the script.</summary>
    public const string Script = "app.js";

    /// <summary>Name of the style sheet.</summary>
    public const string Styles = "app.css";

    private const string Prefix = "dashboard/";

    private readonly IReadOnlyDictionary<string, byte[]> _files;

    private DashboardBundle(IReadOnlyDictionary<string, byte[]> files)
    {
        _files = files;
        Version = IsThere ? Convert.ToHexStringLower(SHA256.HashData([.. files[Script], .. files[Styles]]))[..16] : "";
    }

    /// <summary>The one in this assembly.</summary>
    public static DashboardBundle Built { get; } = new(Read(typeof(DashboardBundle).Assembly));

    /// <summary>Whether there is a page.</summary>
    public bool IsThere => _files.ContainsKey(Script) && _files.ContainsKey(Styles);

    /// <summary>Hash of the content: stands in each file's address, so that browsers may keep it for ever.</summary>
    public string Version { get; }

    /// <summary>A file in an encoding: none (empty), <c>br</c> or <c>gzip</c>; null where there is no such file.</summary>
    public byte[]? Find(string name, string encoding) => name is Script or Styles
        ? _files.GetValueOrDefault(name + encoding switch { "br" => ".br", "gzip" => ".gz", _ => "" }) : null;

    private static Dictionary<string, byte[]> Read(Assembly assembly) => assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(n => n[Prefix.Length..], n =>
        {
            using var stream = assembly.GetManifestResourceStream(n)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        });
}
