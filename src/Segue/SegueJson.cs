using System.Text.Json.Serialization;
using Segue.Calls;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Email;
using Segue.Email.Suppression;
using Segue.Events;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Measurement.Reports;
using Segue.Messaging;
using Segue.Offers;
using Segue.Orders;
using Segue.Privacy;
using Segue.Products;
using Segue.Recommendations;
using Segue.Segmentation;
using Segue.Webhooks;

namespace Segue;

/// <summary>How rows and messages are written as JSON: generated, so that a handler does not pay for reflection.</summary>
/// <remarks>
/// Members with an initial value have <c>set</c>, not <c>init</c>: generated readers lose an <c>init</c> member's initial value where the
/// JSON lacks it, and what an earlier version wrote lacks what was added since (<see href="https://github.com/dotnet/runtime/issues/58770"/>).
/// </remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AddressMailed))]
[JsonSerializable(typeof(AddressSuppression))]
[JsonSerializable(typeof(CallChange))]
[JsonSerializable(typeof(CustomerMessage))]
[JsonSerializable(typeof(CustomerProfile))]
[JsonSerializable(typeof(CustomerEvent))]
[JsonSerializable(typeof(Enrolment))]
[JsonSerializable(typeof(Send))]
[JsonSerializable(typeof(IssuedOffer))]
[JsonSerializable(typeof(Outbox))]
[JsonSerializable(typeof(Fact))]
[JsonSerializable(typeof(SummaryRow))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Calibration))]
[JsonSerializable(typeof(CalibrationComparison))]
[JsonSerializable(typeof(CalibrationSketch))]
[JsonSerializable(typeof(QuantileSketchConverter.Kept))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(JourneySwitch))]
[JsonSerializable(typeof(ShardWork))]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(List<ProductNews>))]
[JsonSerializable(typeof(BasketCounts))]
[JsonSerializable(typeof(RecommendationModel))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(DayCounts))]
[JsonSerializable(typeof(OverviewRow))]
[JsonSerializable(typeof(JourneyRow))]
[JsonSerializable(typeof(List<MonthlyFlow>))]
[JsonSerializable(typeof(WebhookCall))]
[JsonSerializable(typeof(List<CustomerCopy>))]
internal sealed partial class SegueJson : JsonSerializerContext;
