namespace Segue.Tests.Simulation;

/// <summary>One fault, named so that it can be injected again in another run of the same seed.</summary>
/// <param name="Delivery">Which delivery of which message or tick.</param>
/// <param name="Call">Its how-manieth port call, from 1; 0 is the delivery itself.</param>
/// <param name="Point">The call's point, as in <see cref="FaultCoverage"/>.</param>
/// <param name="Kind">What went wrong.</param>
internal sealed record InjectedFault(string Delivery, int Call, string Point, FaultKind Kind)
{
    public override string ToString() => $"{Delivery}, call {Call}, {Point}: {Kind}";
}
