using Microsoft.AspNetCore.Http;
using Segue.Ports;

namespace Segue.Http.Codes;

/// <summary><c>GET /api/codes/{code}</c>: what a code is worth now. 404 for one that is none of ours; case and spaces around it do not matter.</summary>
internal static class GetCode
{
    private const int Longest = 200;

    public static async Task<IResult> HandleAsync(string code, HttpContext context, ICodes codes, CancellationToken cancellation)
    {
        try
        {
            return code.Length <= Longest && await codes.FindAsync(code, cancellation) is { } found
                ? Results.Json(found) : Problems.NotFound("There is no such code.");
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
    }
}
