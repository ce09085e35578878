using Segue.Campaigns;

namespace Segue.Http.Reports;

/// <summary>Whether mail goes out, in the words of the settings file.</summary>
internal static class SendingNames
{
    public static string Of(Sending sending) => sending switch { Sending.On => "on", Sending.AllowList => "allow-list", _ => "off" };
}
