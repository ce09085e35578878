using Segue.Storage;

namespace Segue.Surveys;

/// <summary>What a survey's link says.</summary>
/// <param name="CustomerId">Whose answer it would be.</param>
/// <param name="SendId">The mail that it stands in.</param>
/// <param name="Survey">The survey.</param>
/// <param name="Answer">The answer's value.</param>
public sealed record SurveyLink(string CustomerId, string SendId, string Survey, string Answer);

/// <summary>Links by which a customer answers a survey: each answer has its own, and nobody can make one for another customer.</summary>
public sealed class SurveyLinks(DerivedNames names)
{
    private readonly SealedLinks _links = new(names, "survey");

    /// <summary>The link in a mail.</summary>
    public Uri Of(Uri publicUrl, SurveyLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return new(publicUrl, $"/survey/{_links.Seal(link.CustomerId, link.SendId, link.Survey, link.Answer)}");
    }

    /// <summary>What a link says; null for one that is not ours.</summary>
    public SurveyLink? Open(string token) => _links.Open(token) is [var customer, var send, var survey, var answer] ? new(customer, send, survey, answer) : null;
}
