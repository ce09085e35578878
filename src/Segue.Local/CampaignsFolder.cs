namespace Segue.Local;

/// <summary>Finds the campaigns folder.</summary>
public static class CampaignsFolder
{
    /// <summary>
    /// The folder named, or the shipped one: in a checkout <c>src/Campaigns</c>, so that edits count at once, elsewhere
    /// <c>Campaigns</c> beside the program.
    /// </summary>
    /// <param name="named">What <c>--campaigns</c> says, or null.</param>
    /// <param name="workingDirectory">Where the program was started.</param>
    /// <param name="programDirectory">Where the program lies.</param>
    /// <exception cref="RefusedException">The folder named does not exist.</exception>
    public static string Find(string? named, string workingDirectory, string programDirectory)
    {
        if (named is not null)
        {
            var full = Path.GetFullPath(named, workingDirectory);
            return Directory.Exists(full) ? full : throw new RefusedException($"There is no campaigns folder {full}.");
        }

        return FromCheckout(workingDirectory) ?? FromCheckout(programDirectory) ?? Path.Combine(programDirectory, "Campaigns");
    }

    private static string? FromCheckout(string start)
    {
        for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Functions.sln")))
            {
                var campaigns = Path.Combine(at.FullName, "src", "Campaigns");
                return Directory.Exists(campaigns) ? campaigns : null;
            }
        }

        return null;
    }
}
