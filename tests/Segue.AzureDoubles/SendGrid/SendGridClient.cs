using System.Net;
using System.Net.Http.Headers;
using System.Text;
using SendGrid.Helpers.Mail;

namespace SendGrid;

public class SendGridClientOptions
{
    public string? ApiKey { get; set; }
    public string Host { get; set; } = "https://api.sendgrid.com";
}

public class SendGridClient(HttpClient httpClient, SendGridClientOptions options)
{
    public async Task<Response> SendEmailAsync(SendGridMessage msg, CancellationToken cancellationToken = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{options.Host.TrimEnd('/')}/v3/mail/send")
        {
            Content = new StringContent(msg.Serialize(), Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Authorization = new("Bearer", options.ApiKey);
        var answer = await httpClient.SendAsync(request, cancellationToken);
        return new(answer.StatusCode, answer.Content, answer.Headers);
    }
}

public class Response(HttpStatusCode statusCode, HttpContent responseBody, HttpResponseHeaders responseHeaders)
{
    public HttpStatusCode StatusCode { get; set; } = statusCode;
    public HttpContent Body { get; set; } = responseBody;
    public HttpResponseHeaders Headers { get; set; } = responseHeaders;
}
