using Microsoft.AspNetCore.Http;
using Segue.Ports;

namespace Segue.Http.Customers;

/// <summary><c>PUT /api/customers/{id}</c>: what the shop says about a customer. 202, or 400 naming each bad field.</summary>
internal static class PutCustomer
{
    public static async Task<IResult> HandleAsync(
        string id, HttpContext context, ICustomerDirectory customers, CancellationToken cancellation)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context.Request, cancellation);
        if (refusal is not null)
        {
            return refusal;
        }

        try
        {
            var customer = CustomerRoute.Decode(id);
            var faults = await customers.PutAsync(customer, body, cancellation);
            return faults.Count > 0
                ? Problems.Faults("The customer is not right", "Nothing was changed.", faults)
                : Results.Json(new CustomerTaken(1, customer), statusCode: StatusCodes.Status202Accepted);
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
    }
}

/// <summary>The answer to a customer.</summary>
internal sealed record CustomerTaken(int Accepted, string CustomerId);
