using System.Text.Json;
using System.Text.Json.Nodes;

namespace SendGrid.Helpers.Mail;

public class EmailAddress(string email, string? name = null)
{
    public string Email { get; set; } = email;
    public string? Name { get; set; } = name;
    internal JsonObject ToJson() => Name is null ? new() { ["email"] = Email } : new() { ["name"] = Name, ["email"] = Email };
}

/// <summary>The body of <c>POST /v3/mail/send</c>, with the members that Segue uses.</summary>
public class SendGridMessage
{
    private readonly JsonObject _personalization = [];
    private readonly JsonObject _tracking = [];
    private bool _sandbox;
    public EmailAddress? From { get; set; }
    public EmailAddress? ReplyTo { get; set; }
    public string? Subject { get; set; }
    public string? PlainTextContent { get; set; }
    public string? HtmlContent { get; set; }
    public string? TemplateId { get; set; }
    public List<string>? Categories { get; set; }
    public Dictionary<string, string>? Headers { get; set; }
    public Dictionary<string, string>? CustomArgs { get; set; }
    public void AddTo(EmailAddress email, int personalizationIndex = 0) => _personalization["to"] = new JsonArray(email.ToJson());
    public void SetTemplateData(object dynamicTemplateData, int personalizationIndex = 0) =>
        _personalization["dynamic_template_data"] = JsonSerializer.SerializeToNode(dynamicTemplateData);
    public void SetSandBoxMode(bool enable) => _sandbox = enable;
    public void SetSubscriptionTracking(bool enable, string? html = null, string? text = null, string? substitutionTag = null) =>
        _tracking["subscription_tracking"] = new JsonObject { ["enable"] = enable };
    public string Serialize(bool useDefaultSerialization = true)
    {
        var json = new JsonObject { ["from"] = From?.ToJson(), ["personalizations"] = new JsonArray(_personalization.DeepClone()) };
        Add("reply_to", ReplyTo?.ToJson());
        Add("subject", Subject);
        Add("template_id", TemplateId);
        Add("categories", JsonSerializer.SerializeToNode(Categories));
        Add("headers", JsonSerializer.SerializeToNode(Headers));
        Add("custom_args", JsonSerializer.SerializeToNode(CustomArgs));
        Add("tracking_settings", _tracking.Count > 0 ? _tracking.DeepClone() : null);
        Add("mail_settings", _sandbox ? new JsonObject { ["sandbox_mode"] = new JsonObject { ["enable"] = true } } : null);
        (string Type, string? Text)[] contents = [("text/plain", PlainTextContent), ("text/html", HtmlContent)];
        if (contents.Any(c => c.Text is not null))
        {
            json["content"] = new JsonArray([.. contents.Where(c => c.Text is not null).Select(c => new JsonObject { ["type"] = c.Type, ["value"] = c.Text })]);
        }
        return json.ToJsonString();
        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }
    }
}
