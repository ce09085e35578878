using Segue.Events;

namespace Segue.Http.Surveys;

/// <summary>Opens the sealed links of surveys, and puts the answers on the bus.</summary>
public sealed class SurveysByLink(SegueEngine engine) : ISurveys
{
    /// <inheritdoc/>
    public async Task<SurveySubject?> FindAsync(string token, CancellationToken cancellation)
    {
        if (engine.SurveyLinks.Open(token) is not { } link)
        {
            return null;
        }

        // A survey that has gone since, or an answer that it has no more, is no link of ours any longer.
        var set = (await engine.Campaigns.CurrentAsync(cancellation)).Set;
        return set.Surveys.GetValueOrDefault(link.Survey) is { } survey && survey.Answers.FirstOrDefault(a => a.Value == link.Answer) is { } answer
            ? new(set.Settings.ShopName, survey.Question, answer.Label, survey.Thanks) : null;
    }

    /// <inheritdoc/>
    public async Task<SurveySubject?> AnswerAsync(string token, CancellationToken cancellation)
    {
        if (await FindAsync(token, cancellation) is not { } subject || engine.SurveyLinks.Open(token) is not { } link)
        {
            return null;
        }

        var survey = (await engine.Campaigns.CurrentAsync(cancellation)).Set.Surveys[link.Survey];
        var now = engine.Ports.Clock.GetUtcNow();
        var fact = new CustomerEvent
        {
            EventId = $"survey:{link.Survey}:{link.SendId}:{link.Answer}",
            CustomerId = link.CustomerId,
            Name = EventNames.SurveyAnswered,
            At = now,
            AtArrival = true,
            Attributes = new Dictionary<string, string>
            {
                ["survey"] = link.Survey, ["answer"] = link.Answer, ["attribute"] = survey.Attribute, ["sendId"] = link.SendId,
            },
        };
        await engine.Events.AcceptAsync([new(fact, Segue.Customers.CustomerFacts.None, null)], now, cancellation);
        return subject;
    }
}
