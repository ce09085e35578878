namespace Segue.Http.Customers;

/// <summary>Ids may hold slashes, which the server leaves escaped in a path.</summary>
internal static class CustomerRoute
{
    public static string Decode(string id) => id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
