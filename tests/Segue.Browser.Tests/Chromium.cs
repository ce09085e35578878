using System.Reflection;
using Segue.Http;

namespace Segue.Browser.Tests;

/// <summary>What the machine has to look at pages with.</summary>
internal static class Chromium
{
    private static readonly string[] Known =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

    /// <summary>The browser's program, or null.</summary>
    public static string? Path { get; } =
        Environment.GetEnvironmentVariable("SEGUE_CHROMIUM") is { Length: > 0 } named ? named : Array.Find(Known, File.Exists);

    /// <summary>Whether Segue.Http was built with its page.</summary>
    public static bool PageIsBuilt { get; } =
        typeof(SegueEndpoints).Assembly.GetManifestResourceNames().Contains("dashboard/app.js");

    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = Find(System.IO.Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!);

    private static string Find(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "Functions.sln")) ? folder
        : Find(System.IO.Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("These tests run inside the repository."));
}
