using Microsoft.AspNetCore.Http;
using Segue.Ports;

namespace Segue.Http.Products;

/// <summary><c>PUT /api/products</c>: one product or an array, as the shop describes them now. 202, or 400 naming each bad element and field.</summary>
internal static class PutProducts
{
    public static async Task<IResult> HandleAsync(HttpContext context, IProductIntake products, CancellationToken cancellation)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context.Request, cancellation);
        if (refusal is not null)
        {
            return refusal;
        }

        try
        {
            var (accepted, faults) = await products.PutAsync(body, cancellation);
            return faults.Count > 0
                ? Problems.Faults("Some products are not right", "None of this request was taken.", faults)
                : Results.Json(new Taken(accepted), statusCode: StatusCodes.Status202Accepted);
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
        catch (MessageTooLargeException e)
        {
            return Problems.TooLarge($"One product alone is too large. {e.Message}");
        }
    }
}
