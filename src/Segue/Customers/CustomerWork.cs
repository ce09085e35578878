using Segue.Calls;
using Segue.Campaigns;
using Segue.Email;
using Segue.Email.Suppression;
using Segue.Events;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Messaging;
using Segue.Offers;
using Segue.Orders;
using Segue.Ports;
using Segue.Privacy;
using Segue.Products;
using Segue.Segmentation;
using Segue.Storage;
using Segue.Webhooks;

namespace Segue.Customers;

/// <summary>
/// One customer's state as a handler works on it: loaded by one range read, changed in memory, and written by one batch.
/// Nothing here is seen by anyone before that batch is committed.
/// </summary>
internal sealed class CustomerWork(CampaignState campaigns, CustomerProfile profile, string? profileETag, AddressNames addresses, bool isTombstone = false)
{
    private readonly Dictionary<string, RowChange> _changes = [];
    private readonly Dictionary<string, Enrolment> _enrolments = [];
    private readonly Dictionary<string, Send> _sends = [];
    private readonly Dictionary<string, WebhookCall> _webhooks = [];
    private readonly HashSet<string> _stored = [];
    private readonly List<Order> _recorded = [];
    private readonly Dictionary<string, CustomerEvent> _events = [];
    private readonly List<Fact> _facts = [];
    private readonly Dictionary<string, Interest> _interests = [];
    private readonly HashSet<string> _codes = [];
    private readonly List<QueuedMessage> _messages = [];
    private readonly List<DueMoment> _dues = [];
    private readonly List<(string Journey, DueMoment Moment)> _held = [];
    private readonly List<SendStatus> _settled = [];
    private readonly List<AddressEffect> _addresses = [];
    private readonly List<CallChange> _calls = [];
    private readonly CustomerProfile _loaded = profile;
    private IReadOnlyList<EventTracker>? _trackers;
    private bool _moved;

    /// <summary>What is in force.</summary>
    public CampaignState Campaigns { get; } = campaigns;

    /// <summary>The profile; see <see cref="IsNew"/>.</summary>
    public CustomerProfile Profile { get; set; } = profile;

    /// <summary>The profile as the last commit left it.</summary>
    public CustomerProfile Loaded => _loaded;

    /// <summary>Whether nothing is known of the customer: there is no row yet, or only what an erasure has left.</summary>
    public bool IsNew { get; } = profileETag is null || isTombstone;

    /// <summary>Whether an erasure is being carried out: nothing may begin before it is.</summary>
    public bool IsBeingErased { get; } = isTombstone && profile.Erased is { Phase: not ErasurePhase.Resting };

    /// <summary>The ETag the profile was read with.</summary>
    public string? ProfileETag { get; } = profileETag;

    /// <summary>Effects of earlier batches that were not dispatched, or not seen to be.</summary>
    public List<(string Key, Outbox Outbox)> Leftovers { get; } = [];

    /// <summary>The journeys under way.</summary>
    public IReadOnlyCollection<Enrolment> Enrolments => _enrolments.Values;

    /// <summary>The e-mails not settled.</summary>
    public IReadOnlyCollection<Send> OpenSends => _sends.Values;

    /// <summary>The webhooks to be called.</summary>
    public IReadOnlyCollection<WebhookCall> OpenWebhooks => _webhooks.Values;

    /// <summary>Definitions of the journeys under way, by journey and version.</summary>
    public Dictionary<(string Journey, string Version), Journey> Definitions { get; } = [];

    /// <summary>The zone that the customer's days and hours are taken in.</summary>
    public NodaTime.DateTimeZone Zone => CalendarTime.ZoneOf(Runs.Zones(this));

    /// <summary>What the rules in force, and those of definitions under way, need to be remembered of events.</summary>
    public IReadOnlyList<EventTracker> Trackers => _trackers ??= Campaigns.Set.TrackersWith(Definitions.Values);

    /// <summary>All orders of the customer by id, once they had to be read; null before.</summary>
    public Dictionary<string, Order>? Orders { get; private set; }

    /// <summary>The moments to be written to Due before the batch.</summary>
    public IReadOnlyList<DueMoment> Dues => _dues;

    /// <summary>The moments to be kept under a paused journey, written before the batch.</summary>
    public IReadOnlyList<(string Journey, DueMoment Moment)> HeldMoments => _held;

    /// <summary>How e-mails ended in this batch.</summary>
    public IReadOnlyList<SendStatus> Settled => _settled;

    public string CustomerId => Profile.CustomerId;

    /// <summary>Sets what is known of the customer; answers whether that is anything new.</summary>
    /// <param name="contact">What is known now.</param>
    /// <param name="mayGrant">Whether a person says it just now: then who had unsubscribed at this address is back. A file can't.</param>
    public bool SetContact(CustomerFacts contact, bool mayGrant)
    {
        if (contact.SaysTheSameAs(Profile.Contact))
        {
            return false;
        }

        var isGranted = contact.EmailConsent == Consent.Granted && Profile.Contact.EmailConsent != Consent.Granted;
        Profile = Profile with { Contact = contact };
        if (isGranted && mayGrant && contact.ConsentAt is { } at)
        {
            WantAgain(null, at);
        }

        return true;
    }

    public void AddLoaded(Enrolment enrolment)
    {
        _enrolments.Add(enrolment.Id, enrolment);
        _stored.Add(CustomerRows.Enrolment(enrolment));
    }

    public void AddLoaded(Send send)
    {
        _sends.Add(send.Id, send);
        _stored.Add(CustomerRows.OpenSend(send.Id));
    }

    public void AddLoaded(WebhookCall call)
    {
        _webhooks.Add(call.Id, call);
        _stored.Add(CustomerRows.OpenWebhooks + call.Id);
    }

    public Enrolment? FindEnrolment(string id) => _enrolments.GetValueOrDefault(id);

    public Send? FindSend(string id) => _sends.GetValueOrDefault(id);

    public WebhookCall? FindWebhook(string id) => _webhooks.GetValueOrDefault(id);

    public void Put(Enrolment enrolment)
    {
        _moved = true;
        _enrolments[enrolment.Id] = enrolment;
        Change(RowChange.Upsert(
            CustomerRows.Enrolment(enrolment), RowJson.Pack(enrolment, SegueJson.Default.Enrolment)));
    }

    public void End(Enrolment enrolment)
    {
        _moved = true;
        _enrolments.Remove(enrolment.Id);
        Remove(CustomerRows.Enrolment(enrolment));
        Change(RowChange.Upsert(
            CustomerRows.EndedEnrolment(enrolment), RowJson.Pack(enrolment, SegueJson.Default.Enrolment)));
    }

    public void Put(Send send)
    {
        _sends[send.Id] = send;
        Change(RowChange.Upsert(CustomerRows.OpenSend(send.Id), RowJson.Pack(send, SegueJson.Default.Send)));
    }

    public void Settle(Send send)
    {
        _sends.Remove(send.Id);
        _settled.Add(send.Status);
        Remove(CustomerRows.OpenSend(send.Id));
        Change(RowChange.Upsert(CustomerRows.SettledSend(send.Id), RowJson.Pack(send, SegueJson.Default.Send)));
    }

    public void Put(WebhookCall call)
    {
        _webhooks[call.Id] = call;
        Change(RowChange.Upsert(CustomerRows.OpenWebhooks + call.Id, RowJson.Pack(call, SegueJson.Default.WebhookCall)));
    }

    public void Settle(WebhookCall call)
    {
        _webhooks.Remove(call.Id);
        Remove(CustomerRows.OpenWebhooks + call.Id);
        Change(RowChange.Upsert(CustomerRows.SettledWebhooks + call.Id, RowJson.Pack(call, SegueJson.Default.WebhookCall)));
    }

    /// <summary>Writes what came to be known of an e-mail that is settled.</summary>
    public void PutSettled(Send send) =>
        Change(RowChange.Upsert(CustomerRows.SettledSend(send.Id), RowJson.Pack(send, SegueJson.Default.Send)));

    /// <summary>The name of an address in its kept form.</summary>
    public string AddressOf(string email) => addresses.Of(email);

    /// <summary>The customer's address may not be mailed.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="topic">What it is limited to; null for everything.</param>
    /// <param name="at">When it was said.</param>
    /// <param name="address">Another address, by its name: one that a mail had gone to before they changed it.</param>
    public void Suppress(SuppressionReason reason, string? topic, DateTimeOffset at, string? address = null)
    {
        var current = Profile.Contact.Email is { } email ? AddressOf(email) : null;
        foreach (var each in new[] { address, reason == SuppressionReason.Bounce && address is not null ? null : current }.OfType<string>().Distinct())
        {
            _addresses.Add(new(each, AddressChange.Suppress, at) { Reason = reason, Topic = topic });
        }
    }

    /// <summary>The customer said that they want mail again, on a topic or (null) at all.</summary>
    public void WantAgain(string? topic, DateTimeOffset at)
    {
        if (Profile.Contact.Email is { } email)
        {
            _addresses.Add(new(AddressOf(email), AddressChange.WantedAgain, at) { Topic = topic });
        }
    }

    /// <summary>A mail that was counted against the caps of the customer's address did not go after all.</summary>
    public void NotMailed(string sendId, DateTimeOffset at)
    {
        if (Profile.Contact.Email is { } email && Campaigns.Set.Settings.Caps is not null)
        {
            _addresses.Add(new(AddressOf(email), AddressChange.NotMailed, at) { SendId = sendId });
        }
    }

    public void Put(IssuedOffer offer)
    {
        Change(RowChange.Upsert(CustomerRows.Code(offer.Code), RowJson.Pack(offer, SegueJson.Default.IssuedOffer)));
        _codes.Add(offer.Code);
    }

    /// <summary>Takes back a code that nobody has been told.</summary>
    public void Withdraw(IssuedOffer offer)
    {
        if (offer.Code.Length > 0)
        {
            _codes.Remove(offer.Code);
            Change(RowChange.Delete(CustomerRows.Code(offer.Code)));
        }
    }

    /// <summary>Takes in the orders that were read, below those that are recorded here and not committed yet.</summary>
    public void AddLoaded(Dictionary<string, Order> orders)
    {
        foreach (var order in _recorded)
        {
            orders[order.OrderId] = order;
        }

        Orders = orders;
    }

    /// <summary>An order that was read or recorded here, as far as is known.</summary>
    public Order? FindOrder(string orderId) =>
        Orders is not null ? Orders.GetValueOrDefault(orderId) : _recorded.FindLast(order => order.OrderId == orderId);

    /// <summary>Records an order: inserts it where it must be new, replaces it where it was read before.</summary>
    public void Put(Order order)
    {
        var properties = RowJson.Pack(order, SegueJson.Default.Order);
        var key = CustomerRows.Order(order.OrderId);
        Change(Orders?.ContainsKey(order.OrderId) == true && !(_changes.TryGetValue(key, out var earlier) && earlier.Kind == RowChangeKind.Insert)
            ? RowChange.Upsert(key, properties) : RowChange.Insert(key, properties));
        if (Orders is null)
        {
            _recorded.Add(order);
        }
        else
        {
            Orders[order.OrderId] = order;
        }
    }

    /// <summary>An event that was recorded here and is not committed yet.</summary>
    public CustomerEvent? FindEvent(string eventId) => _events.GetValueOrDefault(eventId);

    /// <summary>Records an event whose id must be new.</summary>
    public void Put(CustomerEvent fact)
    {
        _events.Add(fact.EventId, fact);
        var key = CustomerRows.Event(fact.At, fact.EventId);
        Change(RowChange.Insert(CustomerRows.EventGuard(fact.EventId), new Dictionary<string, object> { [CustomerRows.EventGuardKey] = key }));
        Change(RowChange.Insert(key, RowJson.Pack(fact, SegueJson.Default.CustomerEvent)));
    }

    public void RemoveOrder(string orderId)
    {
        Orders!.Remove(orderId);
        Change(RowChange.Delete(CustomerRows.Order(orderId)));
    }

    public void Add(Fact fact) => _facts.Add(fact);

    public void Add(string queue, BusMessage message) => _messages.Add(new(queue, message));

    /// <summary>Notes interest, the newest of each kind; what is too old to matter is left out, and all where they object to profiling.</summary>
    public void Add(IEnumerable<Interest> interests, DateTimeOffset now)
    {
        if (Profile.Objects)
        {
            return;
        }

        foreach (var interest in interests.Where(i => i.At + Interest.Lasts > now))
        {
            if (!_interests.TryGetValue(interest.Of, out var known) || known.At <= interest.At)
            {
                _interests[interest.Of] = interest;
            }
        }
    }

    /// <summary>Changes the agents' list.</summary>
    public void Add(CallChange change)
    {
        _calls.Add(change);
        if (change.End is not null)
        {
            Change(RowChange.Upsert(CustomerRows.Call(change), RowJson.Pack(change, SegueJson.Default.CallChange)));
        }
    }

    /// <summary>Notes where the customer stays known although no order says so any more, so that they can be forgotten there.</summary>
    public void NotePast(IEnumerable<Interest> interests)
    {
        foreach (var interest in interests)
        {
            Change(RowChange.Upsert(
                CustomerRows.PastInterests + interest.Of, new Dictionary<string, object> { ["of"] = interest.Of }));
        }
    }

    /// <summary>Notes that an order was the customer's: its claim may still say so.</summary>
    public void NoteMoved(string orderId) => Change(RowChange.Upsert(
        CustomerRows.MovedOrders + Keys.Escape(orderId), new Dictionary<string, object> { [CustomerRows.OrderId] = orderId }));

    public void Add(DueMoment moment) => _dues.Add(moment);

    public void Hold(string journey, DueMoment moment) => _held.Add((journey, moment));

    /// <summary>Whether anything is to be written.</summary>
    public bool IsChanged => _changes.Count > 0 || _addresses.Count > 0 || !ReferenceEquals(Profile, _loaded) || (IsNew && Profile.Standing is not null);

    /// <summary>
    /// The batch: the profile under its ETag, the rows, and one outbox row with all effects, if there are any.
    /// Adds to <see cref="Dues"/> what must be written before it.
    /// </summary>
    public (List<RowChange> Changes, string? OutboxKey, Outbox Outbox) Close(DateTimeOffset now)
    {
        var next = Ledger.Tell(_loaded, Profile with { Sequence = _loaded.Sequence + 1 }, now, _facts);
        if (next.Standing?.ChangesAt is { } changesAt && changesAt != _loaded.Standing?.ChangesAt)
        {
            Add(new DueMoment(changesAt, Queues.Customers, "evaluate", new WakeUp { CustomerId = CustomerId, At = changesAt, Why = "evaluate" }));
        }

        LinkAddresses(_loaded.Contact.Email, next.Contact.Email, now);
        var covered = Ticks.CoveredFrom(now);
        var outbox = new Outbox
        {
            CommittedAt = now,
            Messages = [.. _messages, .. from due in _dues where due.At < covered select new QueuedMessage(due.Queue, due.ToMessage(now))],
            Facts = _facts,
            Codes = _codes.Count == 0 ? null : [.. _codes],
            Interests = _interests.Count == 0 ? null : [.. _interests.Values],
            Addresses = _addresses.Count == 0 ? null : _addresses,
            Calls = _calls.Count == 0 ? null : _calls,
            HeldJourneys = [.. _held.Select(h => h.Journey).Distinct(StringComparer.Ordinal)],
            Summary = next.Standing is { } standing && SummaryDiffers(next)
                ? new(CustomerId, next.Sequence, next.Summary, standing, next.CalibrationId, next.SegmentsVersion) { Places = Places() } : null,
        };

        var latest = _dues.Concat(_held.Select(h => h.Moment)).Select(d => d.At).Append(now + OutboxDispatcher.Patience).Max();
        next = next with { Since = _loaded.Since ?? (IsNew ? now : null), DueUntil = next.DueUntil > latest || (next.DueUntil is null && !IsNew) ? next.DueUntil : latest };
        var properties = RowJson.Pack(next, SegueJson.Default.CustomerProfile);
        var changes = new List<RowChange>(_changes.Count + 2)
        {
            ProfileETag is null ? RowChange.Insert(CustomerRows.Profile, properties)
                : RowChange.Replace(CustomerRows.Profile, properties, ProfileETag),
        };
        changes.AddRange(_changes.Values);
        if (outbox.IsEmpty)
        {
            return (changes, null, outbox);
        }

        var key = CustomerRows.Outbox(next.Sequence);
        changes.Add(RowChange.Insert(key, RowJson.Pack(outbox, SegueJson.Default.Outbox)));
        Add(new DueMoment(now + OutboxDispatcher.Patience, Queues.Customers, "outbox", new WakeUp { CustomerId = CustomerId, At = now, Why = "outbox" }));
        return (changes, key, outbox);
    }

    private void LinkAddresses(string? before, string? after, DateTimeOffset now)
    {
        if (before == after)
        {
            return;
        }

        if (before is not null)
        {
            _addresses.Add(new(AddressOf(before), AddressChange.Unlink, now));
        }

        if (after is not null)
        {
            _addresses.Add(new(AddressOf(after), AddressChange.Link, now));
        }
    }

    private bool SummaryDiffers(CustomerProfile next) =>
        IsNew || !ReferenceEquals(next.Purchases, _loaded.Purchases) || !ReferenceEquals(next.Contact, _loaded.Contact)
        || !ReferenceEquals(next.Standing, _loaded.Standing) || !ReferenceEquals(next.Events, _loaded.Events)
        || !ReferenceEquals(next.Mail, _loaded.Mail) || !ReferenceEquals(next.Held, _loaded.Held) || _moved;

    private List<JourneyPlace>? Places() => _enrolments.Count == 0 ? null :
        [.. _enrolments.Values.OrderBy(e => e.Id, StringComparer.Ordinal)
            .Select(e => new JourneyPlace(e.Journey, e.Version, e.Step, e.DueAt, e.EnteredAt, e.HeldOut))];

    private void Change(RowChange change) => _changes[change.Key] = change;

    private void Remove(string key)
    {
        if (_stored.Contains(key))
        {
            Change(RowChange.Delete(key));
        }
        else
        {
            _changes.Remove(key);
        }
    }
}
