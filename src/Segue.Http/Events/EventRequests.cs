using System.Text.Json;
using Segue.Events;
using Segue.Http.Orders;
using Segue.Orders;

namespace Segue.Http.Events;

/// <summary>Reads the events of requests and gives those that are right to the engine.</summary>
public sealed class EventRequests(SegueEngine engine) : IEventIntake
{
    /// <summary>Events of one request.</summary>
    public const int Limit = 1000;

    /// <summary>Events of one request of a web page.</summary>
    public const int BrowserLimit = 50;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BrowserKey>> BrowserKeysAsync(CancellationToken cancellation) =>
        (await engine.Campaigns.CurrentAsync(cancellation)).Set.Settings.BrowserKeys;

    /// <inheritdoc/>
    public async Task<EventReceipt> TakeAsync(EventRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var settings = (await engine.Campaigns.CurrentAsync(cancellation)).Set.Settings;
        var now = engine.Ports.Clock.GetUtcNow();
        OrderContext context = new(settings.Currency, now) { Rates = OrderRequests.RatesOf(settings), IdempotencyKey = request.IdempotencyKey };
        var (fault, elements) = Read(request, context);
        if (fault is not null)
        {
            return new([], [fault]);
        }

        var faults = new List<RequestFault>();
        var taken = new List<(int Index, IncomingEvent Event)>();
        for (var i = 0; i < elements.Count; i++)
        {
            if (elements[i].Event is { } fact)
            {
                taken.Add((i, fact));
            }

            faults.AddRange(elements[i].Errors.Select(e => new RequestFault(i, e.Path, e.Message)));
        }

        if (taken.Count == 0 || (faults.Count > 0 && !request.Partial))
        {
            return new([], faults);
        }

        if (!request.CheckOnly)
        {
            await engine.IdempotencyKeys.OnceAsync(
                request.IdempotencyKey is { } key ? new("events", key, request.Body, request.Partial) : null,
                () => engine.Events.AcceptAsync(taken.Select(t => t.Event), now, cancellation), cancellation);
        }

        return new([.. taken.Select(t => new AcceptedEvent(t.Index, t.Event.Event.EventId, t.Event.IsAnonymous ? null : t.Event.Event.CustomerId))], faults);
    }

    private static (RequestFault? Fault, IReadOnlyList<EventReadResult> Elements) Read(EventRequest request, OrderContext context)
    {
        if (!OrderReader.TryParseJson(request.Body, out var document, out var fault))
        {
            return (new(0, fault!.Path, fault.Message), []);
        }

        using (document)
        {
            var root = document!.RootElement;
            var limit = request.FromBrowser ? BrowserLimit : Limit;
            return root.ValueKind switch
            {
                JsonValueKind.Object => (null, [EventReader.Read(root, context, 0, request.FromBrowser)]),
                JsonValueKind.Array when root.GetArrayLength() > limit =>
                    (new(0, "", $"found {root.GetArrayLength()} events; one request holds at most {limit}"), []),
                JsonValueKind.Array => (null, [.. root.EnumerateArray().Select((e, i) => EventReader.Read(e, context, i, request.FromBrowser))]),
                _ => (new(0, "", "the body is an event or an array of events"), []),
            };
        }
    }
}
