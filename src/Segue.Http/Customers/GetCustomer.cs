using Microsoft.AspNetCore.Http;

namespace Segue.Http.Customers;

/// <summary><c>GET /api/customers/{id}</c>: one customer with segment, journeys and timeline.</summary>
internal static class GetCustomer
{
    public static async Task<IResult> HandleAsync(string id, ICustomerDirectory customers, CancellationToken cancellation)
    {
        var customer = await customers.FindAsync(CustomerRoute.Decode(id), cancellation);
        return customer is null ? Problems.NotFound("There is no customer with this id.") : Results.Json(customer);
    }
}
