using Microsoft.AspNetCore.Http;
using Segue.Ports;

namespace Segue.Http.Customers;

/// <summary>
/// <c>DELETE /api/customers/{id}</c>: forgets a customer. 202 whether there is one or not: what is on its way may be all that there is,
/// and to say it again does no harm.
/// </summary>
internal static class DeleteCustomer
{
    public static async Task<IResult> HandleAsync(
        string id, HttpContext context, ICustomerDirectory customers, CancellationToken cancellation)
    {
        try
        {
            var customer = CustomerRoute.Decode(id);
            var faults = await customers.EraseAsync(customer, cancellation);
            return faults.Count > 0
                ? Problems.Faults("The customer is not right", "Nobody was erased.", faults)
                : Results.Json(new CustomerTaken(1, customer), statusCode: StatusCodes.Status202Accepted);
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
    }
}
