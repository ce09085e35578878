namespace Segue.Http.Surveys;

/// <summary>Surveys that customers answer by the links of their mails.</summary>
public interface ISurveys
{
    /// <summary>What the link is for, or null where no mail of ours carries it. Changes nothing.</summary>
    Task<SurveySubject?> FindAsync(string token, CancellationToken cancellation);

    /// <summary>Takes the answer; the same again is no error, and another later one replaces it. Null where no mail of ours carries the link.</summary>
    Task<SurveySubject?> AnswerAsync(string token, CancellationToken cancellation);
}

/// <summary>A survey as its link shows it.</summary>
/// <param name="ShopName">Who asks.</param>
/// <param name="Question">The question.</param>
/// <param name="Answer">The answer that the link stands for.</param>
/// <param name="Thanks">What to say afterwards.</param>
public sealed record SurveySubject(string ShopName, string Question, string Answer, string Thanks);
