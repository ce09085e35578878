using Segue.Segmentation.Predictions;

namespace Segue.Segmentation.Clusters;

/// <summary>A buyer of the sample that stands for all: what clusters and ranks of predictions are made of.</summary>
/// <param name="Draw">A hash of the customer's id: the smallest of a shard are its sample.</param>
/// <param name="Stage">The stage by the set bounds.</param>
/// <param name="Buyer">What predictions look at.</param>
/// <param name="Features">Prepared features, in the order of the settings; null for none.</param>
public sealed record SampledCustomer(ulong Draw, Stage Stage, BuyerFacts Buyer, IReadOnlyList<double?> Features);
