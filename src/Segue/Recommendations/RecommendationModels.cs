namespace Segue.Recommendations;

/// <summary>The model in force, kept in memory: it is read again only when another has come into force.</summary>
internal sealed class RecommendationModels(RecommendationStore store, TimeProvider clock)
{
    /// <summary>How old what <see cref="CurrentAsync"/> says may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    private Held? _held;

    private sealed record Held(string? Id, RecommendationModel Model, long LookedAt);

    /// <summary>The model in force; <see cref="RecommendationModel.Empty"/> before the first.</summary>
    public async ValueTask<RecommendationModel> CurrentAsync(CancellationToken cancellation)
    {
        var held = _held;
        if (held is not null && clock.GetElapsedTime(held.LookedAt) < MaxAge)
        {
            return held.Model;
        }

        var lookedAt = clock.GetTimestamp();
        var id = await store.CurrentIdAsync(cancellation);
        var model = id is null ? RecommendationModel.Empty : id == held?.Id ? held.Model : await store.ReadAsync(id, cancellation);
        _held = new(id, model, lookedAt);
        return model;
    }
}
