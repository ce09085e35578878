namespace Segue.Tests.Support;

/// <summary>Published data sets that lie beside the checkout, where they do; tests on them skip elsewhere.</summary>
internal static class SharedData
{
    /// <summary>The file's path, or the running test skips with the reason.</summary>
    public static string Path(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(System.IO.Path.Combine(folder.FullName, "Functions.sln")))
            {
                continue;
            }

            foreach (var up in new[] { "..", "../.." })
            {
                var file = System.IO.Path.Combine(folder.FullName, up, "shared", "data", name);
                if (File.Exists(file))
                {
                    return file;
                }
            }
        }

        Assert.Skip($"{name} is not beside this checkout (../shared/data).");
        return "";
    }
}
