namespace Segue.Email;

/// <summary>What stands around every e-mail of a folder that has no layout of its own: enough to be lawful and readable.</summary>
internal static class DefaultLayout
{
    public const string Html = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{subject}}</title>
        </head>
        <body style="margin:0 auto;max-width:600px;padding:16px;font:16px/1.5 sans-serif">
        <div style="display:none">{{preheader}}</div>
        {{{body}}}
        <hr>
        <p style="font-size:14px">{{shop.name}}{{#if shop.address}}, {{shop.address}}{{/if}}</p>
        {{#if unsubscribeUrl}}<p style="font-size:14px"><a href="{{unsubscribeUrl}}">Unsubscribe</a></p>{{/if}}
        </body>
        </html>

        """;
}
