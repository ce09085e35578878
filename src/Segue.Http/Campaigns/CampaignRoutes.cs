using Microsoft.AspNetCore.Http;
using Segue.Campaigns;
using Segue.Files;
using Segue.Ports;

namespace Segue.Http.Campaigns;

/// <summary>
/// <c>PUT /api/campaigns</c> publishes a whole folder, <c>POST /api/campaigns/revert</c> goes back, <c>GET /api/campaigns</c> and
/// <c>GET /api/campaigns/{version}</c> show what is and was in force.
/// </summary>
internal static class CampaignRoutes
{
    /// <summary>
    /// 200 with what has changed; 422 naming each fault by file, line and field; 412 where <c>If-Match</c> names another version than that in
    /// force. With <c>?dryRun=true</c> nothing is changed.
    /// </summary>
    public static Task<IResult> PutAsync(string? dryRun, HttpContext context, ICampaignDesk desk, CancellationToken cancellation) =>
        AnswerAsync(context, dryRun, async trial =>
        {
            var (body, refusal) = await JsonBody.ReadAsync(context.Request, cancellation);
            if (refusal is not null)
            {
                return refusal;
            }

            var (by, files, faults) = CampaignBody.ReadFiling(body);
            return faults.Count > 0 ? Faults(faults)
                : Answer(context, await desk.PublishAsync(new(files, by, Expected(context.Request), trial), cancellation));
        });

    /// <summary>200 with what has changed; 404 where there is no such version, or none before.</summary>
    public static Task<IResult> RevertAsync(string? dryRun, HttpContext context, ICampaignDesk desk, CancellationToken cancellation) =>
        AnswerAsync(context, dryRun, async trial =>
        {
            var (body, refusal) = await JsonBody.ReadAsync(context.Request, cancellation);
            if (refusal is not null)
            {
                return refusal;
            }

            var (by, to, faults) = CampaignBody.ReadRevert(body);
            return faults.Count > 0 ? Faults(faults) : Answer(context, await desk.RevertAsync(to, by, trial, cancellation));
        });

    /// <summary>The version in force with its ETag, and those before it.</summary>
    public static Task<IResult> GetAsync(HttpContext context, ICampaignDesk desk, CancellationToken cancellation) =>
        AnswerAsync(context, null, async _ =>
        {
            var history = await desk.HistoryAsync(cancellation);
            Tag(context, history.Current?.Version);
            return Results.Json(new CampaignsInForceView(history.Current?.Version, history.Current?.At, history.Current?.By, history.History));
        });

    /// <summary>The files of one version, by path; <c>current</c> is that in force. 404 where there is none.</summary>
    public static Task<IResult> GetVersionAsync(string version, HttpContext context, ICampaignDesk desk, CancellationToken cancellation) =>
        AnswerAsync(context, null, async _ =>
        {
            var wanted = version == "current" ? (await desk.HistoryAsync(cancellation)).Current?.Version ?? version : version;
            if (await desk.FilesAsync(wanted, cancellation) is not { } files)
            {
                return Problems.NotFound($"There are no campaigns of the version '{version}'.");
            }

            Tag(context, wanted);
            return Results.Json(new CampaignFilesView(wanted, files));
        });

    private static IResult Answer(HttpContext context, PublishResult result)
    {
        if (result.Version is null)
        {
            return Results.Json(
                CampaignsNotValid.Of(result.Errors, result.Warnings), contentType: "application/problem+json", statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        Tag(context, result.InForce ? result.Version : result.Previous);
        return Results.Json(result);
    }

    private static IResult Faults(IReadOnlyList<RequestFault> faults) => Problems.Faults("The request is not right", "Nothing was changed.", faults);

    private static string? Expected(HttpRequest request) =>
        request.Headers.IfMatch is [{ Length: > 0 } tag, ..] && tag != "*" ? tag.Trim('"') : null;

    private static void Tag(HttpContext context, string? version)
    {
        if (version is not null)
        {
            context.Response.Headers.ETag = $"\"{version}\"";
        }
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, string? dryRun, Func<bool, Task<IResult>> call)
    {
        if (dryRun is not (null or "true" or "false"))
        {
            return Problems.Faults("The request is not right", "Nothing was changed.", [new(0, "dryRun", "is true or false")]);
        }

        try
        {
            return await call(dryRun == "true");
        }
        catch (CampaignsMovedOnException e)
        {
            Tag(context, e.Found);
            return Results.Problem(title: "Others are in force", detail: e.Message, statusCode: StatusCodes.Status412PreconditionFailed);
        }
        catch (CampaignVersionNotFoundException e)
        {
            return Problems.NotFound(e.Message);
        }
        catch (TableLimitException e)
        {
            return Problems.TooLarge(e.Message);
        }
        catch (TableConflictException)
        {
            return Problems.Conflict("Others publish at the same moment. Send it again.");
        }
        catch (PortUnavailableException e)
        {
            return Problems.Unavailable(context, e);
        }
    }
}

/// <summary>What is and was in force.</summary>
/// <param name="Version">The folder's version; null before the first.</param>
/// <param name="At">Since when.</param>
/// <param name="By">Who decided it; "file" where the server was started with it.</param>
/// <param name="History">What was put in force, the latest first.</param>
internal sealed record CampaignsInForceView(string? Version, DateTimeOffset? At, string? By, IReadOnlyList<PublishedVersion> History);

/// <summary>A folder's files.</summary>
/// <param name="Version">The folder's version.</param>
/// <param name="Files">Texts by path.</param>
internal sealed record CampaignFilesView(string Version, IReadOnlyDictionary<string, string> Files);

/// <summary>Problem details of a folder that is not valid.</summary>
/// <param name="Type">Always about:blank.</param>
/// <param name="Title">The same for all of them.</param>
/// <param name="Status">422.</param>
/// <param name="Detail">What that means.</param>
/// <param name="Errors">Each fault by file, line and field.</param>
/// <param name="Warnings">What works but is probably not meant.</param>
internal sealed record CampaignsNotValid(
    string Type, string Title, int Status, string Detail, IReadOnlyList<FileError> Errors, IReadOnlyList<FileError> Warnings)
{
    public static CampaignsNotValid Of(IReadOnlyList<FileError> errors, IReadOnlyList<FileError> warnings) => new(
        "about:blank", "The campaigns are not valid", StatusCodes.Status422UnprocessableEntity, "Nothing was changed.", errors, warnings);
}
