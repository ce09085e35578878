using System.Text.Json.Serialization;

namespace Segue.Customers;

/// <summary>Whether a customer wants marketing. Unknown gets none.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Consent>))]
public enum Consent
{
    /// <summary>Nobody asked, or the answer did not reach us.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    /// <summary>Yes.</summary>
    [JsonStringEnumMemberName("granted")]
    Granted,

    /// <summary>No.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,
}
