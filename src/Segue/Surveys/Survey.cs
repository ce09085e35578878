namespace Segue.Surveys;

/// <summary>A survey of one question, answered by a click in a mail: <c>surveys/NAME.yaml</c>.</summary>
/// <param name="Id">The file's name.</param>
/// <param name="Question">The question, on one line.</param>
/// <param name="Answers">What may be answered, in order; two or more.</param>
/// <param name="Attribute">The customer's attribute that the answer becomes.</param>
/// <param name="Thanks">What the page says after the answer.</param>
public sealed record Survey(string Id, string Question, IReadOnlyList<SurveyAnswer> Answers, string Attribute, string Thanks);

/// <summary>One answer.</summary>
/// <param name="Value">What is kept of it.</param>
/// <param name="Label">What people read.</param>
public sealed record SurveyAnswer(string Value, string Label);
