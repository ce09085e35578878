using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Email;
using Segue.Events;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Measurement.Reports;
using Segue.Messaging;
using Segue.Orders;
using Segue.Ports;
using Segue.Privacy;
using Segue.Segmentation;
using Segue.Simulation;
using Segue.Storage;
using Segue.Tests.Support;

namespace Segue.Tests.Simulation.Life;

/// <summary>What must be true of every story, whatever went wrong while it was told.</summary>
internal sealed class LifeLaws
{
    /// <summary>What is decided may take so long to be done: crashes, put-backs and a mail service that asks for time.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private readonly LifeWorld _life;
    private readonly IReadOnlyList<LifeEvent> _story;
    private readonly ILookup<string, DateTimeOffset> _erasures;
    private readonly List<string> _broken = [];
    private readonly List<CustomerProfile> _profiles;
    private readonly Dictionary<string, (string Customer, Send Send)> _sends;

    private LifeLaws(LifeWorld life, IReadOnlyList<LifeEvent> story)
    {
        (_life, _story) = (life, story);
        _profiles = [.. life.Of(CustomerRows.Profile, SegueJson.Default.CustomerProfile).Select(p => p.Value).Where(p => p.Standing is not null)];
        _sends = life.Of(CustomerRows.OpenSends, SegueJson.Default.Send).Concat(life.Of(CustomerRows.SettledSends, SegueJson.Default.Send))
            .ToDictionary(s => s.Value.Id, s => (s.Customer, s.Value));
        _erasures = story.Where(e => e.Fact.At >= life.From).Select(e => Parsed(e.Fact.Message.Body)).OfType<EraseCustomer>().ToLookup(e => e.CustomerId, e => e.ArrivedAt);
        NothingIsLeftLying();
        NothingIsLeftOfTheErased();
        NobodyIsMailedAfterErasure();
        EveryOrderCountsOnce();
        EverybodyStandsWhereEvaluationPutsThem();
        EveryRunCanGoOn();
        EveryMailWasDecidedOnce();
        NoMailAgainstAWord();
        CapsBudgetsAndVariantsHold();
        ReportsEqualTheRows();
    }

    /// <summary>The laws that a story's end breaks; none is what must be.</summary>
    public static IReadOnlyList<string> Broken(LifeWorld life, IReadOnlyList<LifeEvent> story) => new LifeLaws(life, story)._broken;

    private void Law(bool holds, string otherwise, [CallerMemberName] string law = "")
    {
        if (!holds)
        {
            _broken.Add($"{law}: {otherwise}");
        }
    }

    private void NothingIsLeftLying()
    {
        foreach (var dead in _life.World.DeadLetters)
        {
            Law(false, $"dead letter: {dead}");
        }

        foreach (var (_, row) in _life.Store.AllRows().Where(r => r.Row.Key.StartsWith(Outbox.Prefix, StringComparison.Ordinal)).Select(r => (r.Table, r.Row)))
        {
            Law(false, $"effects that never went out: {row.Partition}/{row.Key}");
        }
    }

    private void NothingIsLeftOfTheErased()
    {
        foreach (var customer in _erasures)
        {
            // A refund that comes later names its order anew.
            var words = Parsed().Where(m => m is OrderArrived or EventArrived && m.CustomerId == customer.Key)
                .SelectMany(m => Names(m).Select(name => (m.AcceptedAt, Name: name))).ToLookup(w => w.AcceptedAt > customer.Max(), w => w.Name);
            var anew = Parsed().Any(m => m.CustomerId == customer.Key && m is OrderArrived or CustomerChanged or EventArrived && m.AcceptedAt > customer.Max());
            var gone = words[false].Except(words[true]).SelectMany(w => new[] { $"order-{w}", $"-{w}", $"\"{w}\"" });
            foreach (var trace in Traces.Of(_life.Store, anew ? gone : [$"{customer.Key}@example.com", $"\"{customer.Key}\"", .. gone]))
            {
                Law(false, $"{customer.Key} was erased at {customer.Max():O}: {trace}");
            }

            foreach (var (table, row) in _life.Store.AllRows().Where(r => !anew && (r.Row.Partition == customer.Key || r.Row.Key.Split('~')[0] == customer.Key)).Select(r => (r.Table, r.Row)))
            {
                Law(false, $"{customer.Key} was erased at {customer.Max():O}: {table} {row.Partition} / {row.Key}");
            }
        }

        IEnumerable<CustomerMessage> Parsed() => _story.Select(e => LifeLaws.Parsed(e.Fact.Message.Body)).OfType<CustomerMessage>();

        static IEnumerable<string> Names(CustomerMessage message) => message is OrderArrived { Order.Order: var order }
            ? [order.OrderId, .. order.RefundOf is { } refunded ? [refunded] : Array.Empty<string>()] : [((EventArrived)message).Event.EventId];
    }

    /// <summary>What was claimed before it may go a little later; from then on only who has agreed anew since is told of offers.</summary>
    private void NobodyIsMailedAfterErasure()
    {
        foreach (var mail in _life.World.Sender.Accepted)
        {
            var customer = mail.Email.To.Split('@')[0];
            var last = _erasures[customer].Where(e => e + Grace < mail.At).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
            if (last == DateTimeOffset.MinValue)
            {
                continue;
            }

            var what = $"{customer}, erased at {last:O}, was mailed at {mail.At:O}";
            Law(Anew(customer, last).Any(e => e.At <= mail.At), what);
            if (WasKnown(customer, last) && _sends.TryGetValue(mail.SendId, out var sent) && !sent.Send.Transactional)
            {
                Law(Anew(customer, last).Any(e => e.At <= mail.At && FactsOf(e.Message) is { EmailConsent: Consent.Granted, ConsentAt: var at } && at > last), $"{what} with an offer they had not agreed to since");
            }
        }
    }

    private IEnumerable<(DateTimeOffset At, CustomerMessage Message)> Anew(string customer, DateTimeOffset since) => _story
        .Select(e => (e.Fact.At, Message: Parsed(e.Fact.Message.Body)!))
        .Where(e => e.Message is OrderArrived or CustomerChanged or EventArrived && e.Message.CustomerId == customer && e.Message.AcceptedAt > since);

    private static CustomerFacts? FactsOf(CustomerMessage? message) => message switch
    {
        OrderArrived order => order.Order.Customer,
        CustomerChanged changed => changed.Facts,
        _ => null,
    };

    /// <summary>Whether what was accepted then still counts.</summary>
    private bool IsKept(CustomerMessage message) => !_erasures[message.CustomerId].Any(e => message.AcceptedAt <= e);

    private void EveryOrderCountsOnce()
    {
        var orders = _story.Select(e => e.Fact.Message).Select(m => Parsed(m.Body)).OfType<OrderArrived>().Where(IsKept)
            .Select(m => m.Order.Order).GroupBy(o => o.OrderId).Select(versions => versions.MaxBy(o => o.UpdatedAt?.UtcTicks ?? 0)!).ToList();
        foreach (var profile in _profiles)
        {
            var own = orders.Where(o => o.CustomerId == profile.CustomerId && o.Status == OrderStatus.Paid).ToList();
            var bought = own.Where(o => o.RefundOf is null).ToList();
            var (count, sum) = (bought.Count, bought.Sum(o => o.Amount) - own.Where(o => bought.Any(b => b.OrderId == o.RefundOf)).Sum(o => o.Amount));
            Law((profile.Purchases.Orders, profile.Purchases.TotalSpend) == (count, sum),
                $"{profile.CustomerId} has {profile.Purchases.Orders} orders of {profile.Purchases.TotalSpend}; {count} of {sum} came");
        }

        Law(orders.Select(o => o.CustomerId).Distinct().All(c => _profiles.Any(p => p.CustomerId == c)), "somebody who ordered is not there");
    }

    private void EverybodyStandsWhereEvaluationPutsThem()
    {
        var calibration = new CalibrationStore(_life.Store).CurrentAsync(CancellationToken.None).GetAwaiter().GetResult();
        var summaries = _life.Store.AllRows().Where(r => r.Table == Tables.Summaries).Select(r => RowJson.Unpack(r.Row, SegueJson.Default.SummaryRow)).ToDictionary(s => s.CustomerId);
        foreach (var profile in _profiles)
        {
            var scratch = _life.Campaigns.Evaluator.Evaluate(profile.Summary, calibration, ShopLife.End);
            Law(profile.Standing is { } standing && standing.SaysTheSameAs(scratch), $"{profile.CustomerId} is {profile.Standing}, evaluated from scratch {scratch}");
            var summary = summaries.GetValueOrDefault(profile.CustomerId);
            Law(summary is not null && summary.Standing.SaysTheSameAs(scratch) && summary.Summary.Purchases.TotalSpend == profile.Purchases.TotalSpend,
                $"{profile.CustomerId}'s summary says {summary?.Standing}, the profile {profile.Standing}");
        }
    }

    private void EveryRunCanGoOn()
    {
        // Only a shortened story ends in a pause.
        var paused = JourneySwitches.ReadAsync(_life.Store, CancellationToken.None).GetAwaiter().GetResult()
            .Where(s => s.Value.State == SwitchState.Paused).Select(s => s.Key).ToHashSet();
        foreach (var (customer, run) in _life.Of(CustomerRows.Enrolments, SegueJson.Default.Enrolment).Where(r => !paused.Contains(r.Value.Journey)))
        {
            Law(!run.Held, $"{customer} is held in {run.Id}, which is not paused");
            Law(run.DueAt >= ShopLife.End || run.TimeoutAt >= ShopLife.End, $"{customer} was due in {run.Id} at {run.DueAt:O} ({run.Step}) and still is");
        }

        foreach (var (customer, send) in _sends.Values.Where(s => s.Send.Status is SendStatus.Pending or SendStatus.Attempting && !paused.Contains(s.Send.Journey)))
        {
            Law(send.Status == SendStatus.Pending && send.NotBefore >= ShopLife.End, $"{customer}'s {send.Step} of {send.DueAt:O} is {send.Status} since, not before {send.NotBefore:O}");
        }
    }

    private void EveryMailWasDecidedOnce()
    {
        foreach (var copy in _life.World.Sender.Copies)
        {
            var times = _life.World.Sender.Accepted.Where(m => m.SendId == copy).ToList();
            if (times.Zip(times.Skip(1)).All(pair => _erasures[pair.First.Email.To.Split('@')[0]].Any(e => pair.First.At <= e + Grace && e < pair.Second.At)))
            {
                // Somebody who came again when nothing of them was left: nobody can tell that a name of theirs was used.
                continue;
            }

            Law(false, $"went twice: {copy}");
        }

        foreach (var mail in _life.World.Sender.Accepted)
        {
            // Theirs of before it: if they came again when nothing was left, a mail of the same name is another.
            if (_erasures[mail.Email.To.Split('@')[0]].Any(e => mail.At <= e + Grace))
            {
                continue;
            }

            Law(_sends.TryGetValue(mail.SendId, out var sent) && sent.Send.Status is SendStatus.Accepted or SendStatus.Unknown,
                $"the mail service took {mail.SendId}, which is {(_sends.TryGetValue(mail.SendId, out sent) ? sent.Send.Status : null)}");
        }

        var accepted = _life.World.Sender.Accepted.Select(m => m.SendId).ToHashSet();
        foreach (var (customer, send) in _sends.Values.Where(s => s.Send.Status == SendStatus.Accepted && !accepted.Contains(s.Send.Id)))
        {
            Law(false, $"{customer}'s {send.Step} of {send.DueAt:O} counts as accepted and never went");
        }
    }

    private void NoMailAgainstAWord()
    {
        var pauses = PausesOf(_life.Store);
        var ended = _life.Of(CustomerRows.EndedEnrolments, SegueJson.Default.Enrolment).ToDictionary(e => (e.Customer, e.Value.Id, e.Value.Run), e => e.Value);
        foreach (var mail in _life.World.Sender.Accepted)
        {
            if (!_sends.TryGetValue(mail.SendId, out var known))
            {
                continue;
            }

            var (customer, send) = known;
            if (send.Transactional || mail.At < send.DueAt)
            {
                continue;
            }

            var what = $"{customer}'s {send.Step} of {send.DueAt:O} went at {mail.At:O}";
            Law(ConsentAt(customer, mail.At) == Consent.Granted || ConsentAt(customer, mail.At - Grace) == Consent.Granted, $"{what} without consent");
            Law(IsDay(customer, mail.At) || IsDay(customer, mail.At - Grace), $"{what} in quiet hours");
            Law(!(ended.TryGetValue((customer, Enrolment.IdOf(send.Journey, send.Key), send.Run), out var run) && run.EndReason == "order"
                    && run.EndedAt + Grace < mail.At && HadOrdered(customer, run.EnteredAt, mail.At - Grace)),
                $"{what}, after the run had ended at {run?.EndedAt:O}");
            Law(!pauses[send.Journey].Any(p => p.From + Grace < mail.At && !(p.Until <= mail.At)), $"{what} while {send.Journey} was paused");
            Law(!(send.Offer?.ExpiresAt < mail.At - Grace), $"{what}, after its offer had run out");
        }
    }

    private void CapsBudgetsAndVariantsHold()
    {
        var marketing = _sends.Values.Where(s => !s.Send.Transactional && s.Send.Status is SendStatus.Accepted or SendStatus.Unknown).ToList();
        foreach (var customer in marketing.GroupBy(s => s.Customer))
        {
            // Who has moved has had two days in one; from then on theirs are plain.
            var days = customer.Where(s => s.Send.ClaimedAt > ShopLife.Start.AddDays(1)).Select(s => Local(customer.Key, s.Send.ClaimedAt!.Value).Date).Order().ToList();
            Law(days.GroupBy(d => d).All(d => d.Count() <= LifeCampaigns.PerDay), $"{customer.Key} has had too many mails in a day: {string.Join(' ', days)}");
            Law(days.All(d => days.Count(other => other > d.AddDays(-7) && other <= d) <= LifeCampaigns.PerWeek), $"{customer.Key} has had too many mails in a week: {string.Join(' ', days)}");
        }

        // Who comes back to the journey with a discount unused is mailed that one again.
        var codes = marketing.Where(s => s.Send.Offer is not null).GroupBy(s => s.Send.Offer!.Code).ToList();
        Law(codes.Count <= LifeCampaigns.BudgetCodes, $"{codes.Count} discounts of {LifeCampaigns.BudgetCodes}");
        Law(codes.All(code => code.DistinctBy(s => s.Customer).Count() == 1), "two customers with one code");
        foreach (var customer in _sends.Values.Where(s => s.Send.Variant is not null).GroupBy(s => s.Customer))
        {
            Law(customer.DistinctBy(s => s.Send.Variant).Count() == 1, $"{customer.Key} has had both variants");
        }
    }

    private void ReportsEqualTheRows()
    {
        var facts = new InMemoryTableStore();
        foreach (var (_, row) in _life.Store.AllRows().Where(r => r.Table == Tables.Facts).Select(r => (r.Table, r.Row)))
        {
            facts.CommitAsync(Tables.Facts, row.Partition, [RowChange.Upsert(row.Key, row.Properties)]).GetAwaiter().GetResult();
        }

        // The next tick finds the marks of what has happened since the last.
        RollUp(_life.Store).TickAsync(CancellationToken.None).GetAwaiter().GetResult();
        RollUp(facts).RebuildAsync(DateOnly.FromDateTime(ShopLife.Start.UtcDateTime.AddDays(-3)), CancellationToken.None).GetAwaiter().GetResult();
        // Made anew, every day has a point; rolled up as they come, only those on which something happened.
        var (rolled, rebuilt) = (Overview(_life.Store), Overview(facts));
        rebuilt = rebuilt with { History = [.. rebuilt.History.Where(day => rolled.History.Any(d => d.Day == day.Day))] };
        Law(JsonSerializer.Serialize(rolled) == JsonSerializer.Serialize(rebuilt), $"rolled up, the reports say\n{JsonSerializer.Serialize(rolled)}\nand anew\n{JsonSerializer.Serialize(rebuilt)}");
        foreach (var segment in _life.Campaigns.Evaluator.Segments)
        {
            var there = _profiles.Where(p => p.Standing?.Segment == segment.Id).ToList();
            var counted = rolled.Segments.GetValueOrDefault(segment.Id) ?? new();
            Law((counted.Customers, counted.Orders, counted.Revenue) == (there.Count, there.Sum(p => p.Purchases.Orders), there.Sum(p => p.Purchases.TotalSpend)),
                $"{segment.Id}: the overview says {counted}, the profiles {there.Count} with {there.Sum(p => p.Purchases.TotalSpend)}");
        }

        static RollUpReports RollUp(InMemoryTableStore store) => new(store, new VirtualTimeProvider(ShopLife.End), NullLogger<RollUpReports>.Instance);

        static OverviewRow Overview(InMemoryTableStore store) =>
            new ReportStore(store).OverviewAsync(CancellationToken.None).GetAwaiter().GetResult()! with { RolledUpAt = default };
    }

    /// <summary>Whether an order placed since a moment had arrived by another.</summary>
    private bool HadOrdered(string customer, DateTimeOffset since, DateTimeOffset by) => _story.Where(e => e.Fact.At < by).Select(e => Parsed(e.Fact.Message.Body))
        .OfType<OrderArrived>().Any(m => m.CustomerId == customer && m.Order.Order is { RefundOf: null, Status: OrderStatus.Paid } order && order.OrderedAt > since);

    /// <summary>What a customer has last said about mail, of what had arrived by a moment.</summary>
    private Consent ConsentAt(string customer, DateTimeOffset at) => _story.Where(e => e.Fact.At <= at && e.Fact.At > Forgotten(customer, at)).Select(e => Parsed(e.Fact.Message.Body))
        .Select(m => m switch
        {
            OrderArrived order when order.CustomerId == customer => order.Order.Customer,
            CustomerChanged changed when changed.CustomerId == customer => changed.Facts,
            _ => null,
        })
        .Where(f => f is { ConsentAt: not null }).MaxBy(f => f!.ConsentAt)?.EmailConsent ?? Consent.Unknown;

    /// <summary>When all was forgotten of a customer who was erased without an address: there was none for their word to rest on.</summary>
    private DateTimeOffset Forgotten(string customer, DateTimeOffset at) => _erasures[customer].Where(e => e <= at && !WasKnown(customer, e)).DefaultIfEmpty(DateTimeOffset.MinValue).Max();

    /// <summary>Whether an order had brought their address by a moment.</summary>
    private bool WasKnown(string customer, DateTimeOffset by) =>
        _story.Select(e => Parsed(e.Fact.Message.Body)).OfType<OrderArrived>().Any(m => m.CustomerId == customer && m.ArrivedAt <= by);

    private bool IsDay(string customer, DateTimeOffset at) => Local(customer, at).TimeOfDay is var time && time >= TimeSpan.FromHours(8) && time < TimeSpan.FromHours(20);

    private DateTimeOffset Local(string customer, DateTimeOffset at)
    {
        var moved = _story.First(e => Parsed(e.Fact.Message.Body) is CustomerChanged { Facts.ConsentAt: null } changed && changed.CustomerId == customer);
        var zone = (Parsed(moved.Fact.Message.Body) as CustomerChanged)!.Facts.TimeZone is { } own && moved.Fact.At <= at
            && !_erasures[customer].Any(e => moved.Fact.At <= e && e <= at) ? own : LifeCampaigns.Zone;
        return TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone));
    }

    private static CustomerMessage? Parsed(string body) => body.StartsWith('{') ? JsonSerializer.Deserialize(body, SegueJson.Default.CustomerMessage) : null;

    private static Dictionary<string, IReadOnlyList<Pause>> PausesOf(InMemoryTableStore store) =>
        store.AllRows().Where(r => r.Table == Tables.Settings && r.Row.Partition == "switch")
            .ToDictionary(r => r.Row.Key, r => RowJson.Unpack(r.Row, SegueJson.Default.JourneySwitch).Pauses);
}
