using Microsoft.AspNetCore.Http;
using Segue.Ports;

namespace Segue.Http.Customers;

/// <summary>
/// <c>GET /api/customers/{id}/export</c>: all that is kept of one customer, as a file to hand on. Slashes of an id must be escaped
/// here (<c>%2F</c>): something follows it in the path. 404 where there is no such customer.
/// </summary>
internal static class GetCustomerExport
{
    public static async Task<IResult> HandleAsync(string id, HttpContext context, ICustomerDirectory customers, CancellationToken cancellation)
    {
        try
        {
            if (await customers.ExportAsync(CustomerRoute.Decode(id), cancellation) is not { } export)
            {
                return Problems.NotFound("There is no customer with this id.");
            }

            // The name of the file says nothing about the person: it stays in downloads and histories.
            var headers = context.Response.Headers;
            headers.ContentDisposition = "attachment; filename=\"customer.json\"";
            headers.CacheControl = "no-store";
            headers.XContentTypeOptions = "nosniff";
            return Results.Text(export.ToJsonString(), "application/json", System.Text.Encoding.UTF8);
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
    }
}
