using System.Reflection;
using System.Xml.Linq;
using Segue.Ports;
using Segue.Tests.Segmentation;

namespace Segue.Tests;

/// <summary>Arrows between projects point one way, and the product knows no host.</summary>
public sealed class ArchitectureTests
{
    private static readonly string Source = Path.Combine(Given.Root(), "src");

    [Theory]
    [InlineData("Segue")]
    [InlineData("Segue.Http", "Segue")]
    [InlineData("Segue.Local", "Segue.Http")]
    [InlineData("Segue.Functions", "Segue.Http", "Segue.AzureDoubles")]
    public void Projects_ReferenceOnlyWhatStandsBelow(string project, params string[] below)
    {
        var file = XDocument.Load(Path.Combine(Source, project, $"{project}.csproj"));
        var references = file.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.Equal(below, references);
    }

    [Fact]
    public void Segue_ReferencesNoHostAndNoService()
    {
        string[] foreign = ["Microsoft.AspNetCore", "Microsoft.Data", "SQLite", "Azure", "SendGrid", "Microsoft.Extensions.Hosting", "Segue"];
        Assert.DoesNotContain(
            typeof(SegueEngine).Assembly.GetReferencedAssemblies(),
            a => foreign.Any(f => a.Name!.StartsWith(f, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void Http_ReferencesNoStoreAndNoService()
    {
        string[] foreign = ["Microsoft.Data", "SQLite", "Azure", "SendGrid", "Segue.Local"];
        Assert.DoesNotContain(
            Assembly.Load("Segue.Http").GetReferencedAssemblies(),
            a => foreign.Any(f => a.Name!.StartsWith(f, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void Ports_HoldTheInterfacesAndTheirValuesOnly()
    {
        var types = typeof(ITableStore).Assembly.GetTypes().Where(t => t.Namespace == typeof(ITableStore).Namespace && !t.Name.Contains('<', StringComparison.Ordinal)).ToList();
        Assert.Equal(["IEmailSender", "IMessageBus", "ITableStore"], types.Where(t => t.IsInterface).Select(t => t.Name).Order());
        Assert.All(types, t => Assert.True(
            t.IsInterface || t.IsEnum || t.IsSubclassOf(typeof(Exception)) || IsConstants(t) || t.GetMethod("<Clone>$") is not null || t.IsValueType,
            $"{t.Name} is no port and no value."));
    }

    [Fact]
    public void Namespaces_FollowTheFolders() =>
        Assert.All(Directory.EnumerateFiles(Path.Combine(Source, "Segue"), "*.cs", SearchOption.AllDirectories).Where(f => !IsBuilt(f)), file =>
        {
            var folder = Path.GetRelativePath(Source, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            Assert.Contains($"namespace {folder};", File.ReadAllText(file), StringComparison.Ordinal);
        });

    private static bool IsConstants(Type type) => type is { IsAbstract: true, IsSealed: true }
        && type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Length == 0;

    private static bool IsBuilt(string file) =>
        file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        || file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
}
