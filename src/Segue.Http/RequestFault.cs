namespace Segue.Http;

/// <summary>One thing wrong in a request's body.</summary>
/// <param name="Index">0-based element of the array; 0 for a single object.</param>
/// <param name="Field">Path of the field, such as <c>items[0].price</c>; empty for the element as a whole.</param>
/// <param name="Message">What was found and what would be right.</param>
/// <param name="Id">The element's id, where it has one.</param>
public sealed record RequestFault(int Index, string Field, string Message, string? Id = null);
