using Segue.Email;
using Segue.Orders;
using Segue.Ports;

namespace Segue.Http.Journeys;

/// <summary>Shows mails before they are sent.</summary>
public interface IMailPreviews
{
    /// <summary>The mail of a step as a customer would get it now; recorded nowhere.</summary>
    /// <exception cref="PreviewException">There is no such journey, step or customer, or the mail would be refused.</exception>
    Task<RenderedEmail> PreviewAsync(string journey, string step, string customer, CancellationToken cancellation);
}

/// <summary>Asks the engine.</summary>
public sealed class EnginePreviews(SegueEngine engine) : IMailPreviews
{
    /// <inheritdoc/>
    public Task<RenderedEmail> PreviewAsync(string journey, string step, string customer, CancellationToken cancellation) =>
        new FieldChecks().Id("customer", customer) is { } id ? engine.Previews.PreviewAsync(journey, step, id, cancellation)
            : throw new PreviewException("There is no customer of that id.");
}
