using Segue.Campaigns;
using Segue.Customers;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Segmentation.Clusters;

/// <summary>What is known of a segment's or a cluster's members: real distributions, each with how many customers it rests on.</summary>
/// <param name="Id">The segment's or cluster's.</param>
/// <param name="Name">For people.</param>
/// <param name="Customers">Members.</param>
/// <param name="Traits">What is known of any of them; what most are known for first.</param>
public sealed record Persona(string Id, string Name, int Customers, IReadOnlyList<Trait> Traits);

/// <summary>A trait of a group. It has a middle where it is a number, else its commonest values.</summary>
/// <param name="Name">As rules call it.</param>
/// <param name="Known">Members of whom it is known.</param>
/// <param name="Median">The middle member's; null where it is no number.</param>
/// <param name="Low">A quarter have less.</param>
/// <param name="High">A quarter have more.</param>
/// <param name="Values">The commonest values.</param>
public sealed record Trait(string Name, int Known, decimal? Median, decimal? Low, decimal? High, IReadOnlyList<TraitValue> Values);

/// <summary>A value, and how many have it.</summary>
public sealed record TraitValue(string Value, int Customers);

/// <summary>The personas of all segments and clusters, made from all summaries.</summary>
/// <param name="Segments">In the order of the segments file; those of nobody are left out.</param>
/// <param name="Clusters">Largest first.</param>
public sealed record Personas(IReadOnlyList<Persona> Segments, IReadOnlyList<Persona> Clusters)
{
    /// <summary>Looks through all summaries.</summary>
    public static async Task<Personas> MakeAsync(ITableStore store, CampaignState state, DateTimeOffset now, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        var (evaluator, calibration) = (state.Set.Evaluator, state.Calibration);
        var segments = evaluator.Segments.ToDictionary(s => s.Id, s => new PersonaCounter(s.Id, s.Name));
        var clusters = (calibration?.Clusters?.Clusters ?? []).ToDictionary(c => c.Id, c => new PersonaCounter(c.Id, c.Name));
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            await foreach (var row in store.ReadAllAsync(Tables.Summaries, Shards.Text(shard), KeyRange.All, cancellation))
            {
                var customer = RowJson.Unpack(row, SegueJson.Default.SummaryRow).Summary;
                if (customer.NoProfilingSince is not null)
                {
                    continue;
                }

                segments[evaluator.Evaluate(customer, calibration, now).Segment].Add(customer);
                if (ClusterModel.Of(customer, calibration) is { } cluster && clusters.TryGetValue(cluster, out var members))
                {
                    members.Add(customer);
                }
            }
        }

        return new([.. segments.Values.Where(s => s.Customers > 0).Select(s => s.ToPersona())], [.. clusters.Values.Select(c => c.ToPersona())]);
    }
}
