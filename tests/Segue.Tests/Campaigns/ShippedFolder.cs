namespace Segue.Tests.Campaigns;

/// <summary>The campaigns folder that Segue ships with.</summary>
internal static class ShippedFolder
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Functions.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds Functions.sln.");
        }

        return System.IO.Path.Combine(folder.FullName, "src", "Campaigns");
    }
}
