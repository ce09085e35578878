using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Segue.Tests.Storage;

/// <summary>
/// Rows and messages that an earlier version wrote lack what was added since. Each type is read here from JSON that has only what it
/// insists on: whatever else may not be null must have a value then, and what has a value from the beginning must keep it. (Generated
/// readers lose the initial values of <c>init</c> properties: <see href="https://github.com/dotnet/runtime/issues/58770"/>.)
/// </summary>
public sealed class StoredJsonTests
{
    public static TheoryData<string> Types => [.. Objects().Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Stored_WithNothingButWhatIsRequired_HasNoNullWhereNoneMayBe(string type)
    {
        var info = Objects()[type];
        var read = JsonSerializer.Deserialize(Least(info).ToJsonString(), info)!;

        var nullability = new NullabilityInfoContext();
        Assert.All(
            info.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => !p.PropertyType.IsValueType && p.GetIndexParameters().Length == 0 && p.GetCustomAttribute<JsonIgnoreAttribute>() is null
                    && nullability.Create(p).ReadState == NullabilityState.NotNull),
            property => Assert.True(property.GetValue(read) is not null, $"{property.DeclaringType!.Name}.{property.Name} is null"));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Stored_WithNothingButWhatIsRequired_HasInitialNumbersAndSwitches(string type)
    {
        var info = Objects()[type];
        if (info.Type.IsAbstract || info.Properties.Any(p => p.AssociatedParameter is { IsMemberInitializer: false }))
        {
            return;
        }

        var (read, made) = (JsonSerializer.Deserialize(Least(info).ToJsonString(), info)!, Activator.CreateInstance(info.Type)!);
        Assert.All(
            info.Type.GetProperties().Where(p => p.PropertyType.IsValueType && p.CanWrite && p.GetCustomAttribute<RequiredMemberAttribute>() is null),
            property => Assert.Equal((property.Name, property.GetValue(made)), (property.Name, property.GetValue(read))));
    }

    [Fact]
    public void Types_OfCustomersAndReports_AreAmongThem() =>
        Assert.Superset(new HashSet<string> { "CustomerProfile", "Enrolment", "DayCounts", "CellCounts", "Fact" }, Types.Select(t => t.Data).ToHashSet());

    /// <summary>Every object that is stored, and every one within, by name.</summary>
    private static Dictionary<string, JsonTypeInfo> Objects()
    {
        var (found, seen) = (new Dictionary<string, JsonTypeInfo>(), new HashSet<Type>());
        foreach (var root in typeof(SegueJson).GetCustomAttributesData().Where(a => a.AttributeType == typeof(JsonSerializableAttribute)))
        {
            Walk((Type)root.ConstructorArguments[0].Value!);
        }

        return found;

        void Walk(Type type)
        {
            if (!seen.Add(type) || SegueJson.Default.GetTypeInfo(type) is not { } info)
            {
                return;
            }

            if (info.ElementType is { } element)
            {
                Walk(element);
            }

            if (Nullable.GetUnderlyingType(type) is { } underlying)
            {
                Walk(underlying);
            }

            if (info.Kind == JsonTypeInfoKind.Object)
            {
                found.Add(type.Name, info);
                foreach (var property in info.Properties)
                {
                    Walk(property.PropertyType);
                }
            }
        }
    }

    /// <summary>An object with what cannot be left out.</summary>
    private static JsonObject Least(JsonTypeInfo info)
    {
        if (info.PolymorphismOptions is { } kinds)
        {
            var kind = kinds.DerivedTypes[0];
            var least = Least(SegueJson.Default.GetTypeInfo(kind.DerivedType)!);
            least.Insert(0, kinds.TypeDiscriminatorPropertyName, (string)kind.TypeDiscriminator!);
            return least;
        }

        return new(info.Properties
            .Where(p => p.IsRequired || p.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false })
            .Select(p => KeyValuePair.Create(p.Name, Value(p.PropertyType))));
    }

    private static JsonNode? Value(Type type) =>
        type == typeof(string) ? "1"
        : type == typeof(DateTimeOffset) ? "2024-01-01T00:00:00Z"
        : type == typeof(DateOnly) ? "2024-01-01"
        : type == typeof(TimeSpan) ? "00:00:01"
        : type == typeof(Uri) ? "https://example.com"
        : type == typeof(bool) ? false
        : Nullable.GetUnderlyingType(type) is not null ? null
        : type.IsEnum ? (SegueJson.Default.GetTypeInfo(type) is { } e ? JsonSerializer.SerializeToNode(Enum.GetValues(type).GetValue(0), e) : 0)
        : SegueJson.Default.GetTypeInfo(type) is { } info ? info.Kind switch
        {
            JsonTypeInfoKind.Object => Least(info),
            JsonTypeInfoKind.Dictionary => new JsonObject(),
            JsonTypeInfoKind.Enumerable => new JsonArray(),
            _ => type.IsPrimitive || type == typeof(decimal) ? 1 : throw new NotSupportedException(type.FullName),
        }
        : throw new NotSupportedException(type.FullName);
}
