using Segue.Campaigns;
using Segue.Files;

namespace Segue.Surveys;

/// <summary>Reads <c>surveys/NAME.yaml</c>.</summary>
public static class SurveyFile
{
    /// <summary>Answers of one survey.</summary>
    public const int MaxAnswers = 11;

    internal static IReadOnlyList<string> Keys { get; } = ["question", "answers", "attribute", "thanks"];

    internal static IReadOnlyList<string> AnswerKeys { get; } = ["value", "label"];

    /// <summary>The survey, or null after adding what is wrong.</summary>
    /// <param name="file">The file's path, <c>surveys/NAME.yaml</c>.</param>
    /// <param name="text">What is in it.</param>
    /// <param name="errors">Takes every fault, each with its line and field.</param>
    public static Survey? Parse(string file, string text, FileErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var before = errors.Errors.Count;
        var id = Path.GetFileNameWithoutExtension(file);
        if (!YamlFields.IsId(id))
        {
            errors.Add(new FileError(file, 0, "", $"Found the name '{id}'; expected lower-case letters, digits and hyphens, a letter first."));
        }

        if (YamlValue.Parse(file, text, errors) is not { } root || !root.IsMapOf(errors, Keys))
        {
            return null;
        }

        var question = root.Required("question", "the question, on one line", errors)?.ReadText("the question, on one line", errors);
        var answers = root.Required("answers", "a list of { value, label }", errors) is { } list ? ReadAnswers(list, errors) : [];
        var attribute = root["attribute"]?.ReadText("the name of an attribute", errors) ?? id;
        var thanks = root["thanks"]?.ReadText("what the page says after the answer, on one line", errors) ?? "Thank you. Your answer helps us.";
        return errors.Errors.Count > before ? null : new(id, question!, answers, attribute, thanks);
    }

    private static List<SurveyAnswer> ReadAnswers(YamlValue list, FileErrors errors)
    {
        var answers = new List<SurveyAnswer>();
        if (!list.IsList || list.Items.Count() is < 2 or > MaxAnswers)
        {
            errors.Unexpected(list, $"a list of 2 to {MaxAnswers} answers, such as [ {{ value: 5, label: Very }} ]");
            return answers;
        }

        foreach (var item in list.Items.Where(i => i.IsMapOf(errors, AnswerKeys)))
        {
            var value = item.Required("value", "what is kept of the answer", errors)?.ReadText("what is kept of the answer, on one line", errors);
            var label = item["label"]?.ReadText("what people read, on one line", errors) ?? value;
            if (value is not null && answers.Any(a => a.Value == value))
            {
                errors.Add(item, $"Found the value '{value}' a second time.");
            }
            else if (value is not null)
            {
                answers.Add(new(value, label!));
            }
        }

        return answers;
    }
}
