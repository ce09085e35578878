namespace Segue.Http.Products;

/// <summary>Takes products from a request: checks them all, then puts them on the bus; nothing where anything is wrong.</summary>
public interface IProductIntake
{
    /// <summary>How many were taken, or what is wrong with which.</summary>
    /// <exception cref="Segue.Ports.PortUnavailableException">The bus can't be reached; the same request may be sent again.</exception>
    Task<(int Accepted, IReadOnlyList<RequestFault> Faults)> PutAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation);
}
