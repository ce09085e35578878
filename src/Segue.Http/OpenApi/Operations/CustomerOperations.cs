using System.Text.Json.Nodes;
using Segue.Customers;
using Segue.Http.Customers;
using Segue.Segmentation;

namespace Segue.Http.OpenApi.Operations;

internal static class CustomerOperations
{
    public static IReadOnlyDictionary<string, ApiOperation> All { get; } = new Dictionary<string, ApiOperation>
    {
        ["PUT /api/customers/{**id}"] = new("putCustomer", ApiOperations.Customers, "Takes what the shop says about a customer; what it does not say stays as it is.")
        {
            Parameters = [Parameters.CustomerId],
            Body = ApiOperation.Json("Customer"),
            Answers = [ApiAnswer.Json(new CustomerTaken(1, "c-17"), "On its way.", 202)],
        },
        ["GET /api/customers/{**id}"] = new("getCustomer", ApiOperations.Customers, "Shows one customer: where they stand, why, and what happened.")
        {
            Parameters = [Parameters.CustomerId],
            Answers =
            [
                ApiAnswer.Json(new CustomerView
                {
                    Id = "c-17", Name = "Ada", Email = "ada@example.com", EmailConsent = Consent.Granted, Stage = Stage.Active, Segment = "core-active",
                    SegmentName = "Core, active", Currency = "EUR", Tags = ["weekend-shopper"], Why = ["7 counted orders, 812.50 EUR net of returns."],
                    Scores = new(5, 4, 3), Orders = 7, TotalSpend = 812.5m,
                    Journeys = [new("welcome", "under way", "2", new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero))],
                    Timeline = [new(new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero), "order", "1001, 49.90, paid")],
                }),
            ],
            Problems = [404],
        },
        ["DELETE /api/customers/{**id}"] = new("deleteCustomer", ApiOperations.Customers, "Forgets a customer: everything that is kept of them goes, but that their address is not to be mailed.")
        {
            Parameters = [Parameters.CustomerId],
            Answers = [ApiAnswer.Json(new CustomerTaken(1, "c-17"), "On its way, whether there is such a customer or not.", 202)],
        },
        ["GET /api/customers/{id}/export"] = new("exportCustomer", ApiOperations.Customers, "All that is kept of one customer, as a file to hand on.")
        {
            Parameters = [Parameters.CustomerId],
            Answers =
            [
                ApiAnswer.Object(new JsonObject { ["customerId"] = "c-17" }, "The file: what docs/privacy.md says.") with
                {
                    Headers = new Dictionary<string, string> { ["Content-Disposition"] = "A file's name, which says nothing of the person." },
                },
            ],
            Problems = [404],
        },
    };
}
