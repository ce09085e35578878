using System.Net;

namespace Segue.Local.Serving;

/// <summary>
/// The small file by which commands find the server that holds a data folder. It is trusted only while somebody holds the
/// folder's lock: every writer removes what a killed server left, as soon as it has the lock.
/// </summary>
internal static class ServerAddress
{
    /// <summary>Writes where the server is reached from this machine; nothing where it listens to other machines only.</summary>
    public static void Announce(string file, IEnumerable<string> urls)
    {
        if (urls.Select(FromThisMachine).FirstOrDefault(u => u is not null) is { } url)
        {
            var beside = file + ".tmp";
            File.WriteAllText(beside, url + "\n");
            File.Move(beside, file, overwrite: true);
        }
    }

    /// <summary>Where the server is, or null where no file says.</summary>
    public static Uri? Read(string file)
    {
        try
        {
            return Uri.TryCreate(File.ReadAllText(file).Trim(), UriKind.Absolute, out var url) && url.IsLoopback ? url : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Removes the file.</summary>
    public static void Withdraw(string file) => File.Delete(file);

    /// <summary>The address with a loopback name, where that leads to it; else null.</summary>
    internal static string? FromThisMachine(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp)
        {
            return null;
        }

        if (uri.IsLoopback)
        {
            return uri.GetLeftPart(UriPartial.Authority);
        }

        var everywhere = IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address)
            && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
        return everywhere ? $"http://{(address!.Equals(IPAddress.Any) ? "127.0.0.1" : "[::1]")}:{uri.Port}" : null;
    }
}
