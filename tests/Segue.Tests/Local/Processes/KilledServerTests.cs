using System.Net;
using Segue.Email;

namespace Segue.Tests.Local.Processes;

/// <summary>The server under load, killed as <c>kill -9</c> does at moments drawn at random, over and over.</summary>
public sealed class KilledServerTests(ITestOutputHelper output) : IDisposable
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    /// <summary>How often it is killed; set SEGUE_KILLS for a long run by hand.</summary>
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("SEGUE_KILLS"), out var n) && n > 0 ? n : 4;

    private readonly ProcessShop _killed = MailingShop.Make(Secret);
    private readonly ProcessShop _undisturbed = MailingShop.Make(Secret);

    public void Dispose()
    {
        _killed.Dispose();
        _undisturbed.Dispose();
    }

    [Fact]
    public async Task Serve_KilledUnderLoad_LosesNothingAndSendsNothingTwice()
    {
        await MailingShop.PublishAsync(_killed);
        await MailingShop.PublishAsync(_undisturbed);
        var orders = MailingShop.Orders(40 * Kills, TimeProvider.System.GetUtcNow());
        var random = new Random(17);
        Queue<object> left = new(orders);
        HashSet<int> mailed = [];
        for (var kill = 0; kill < Kills; kill++)
        {
            using var server = await RunningShop.StartAsync(_killed);
            using var life = new CancellationTokenSource();
            var share = left.Count / (Kills + 1 - kill);
            var dying = KillAsync(server, MailingShop.Mails(_killed).Count, afterAMail: kill % 2 == 1, random.Next(50, 1200), life);
            for (var posted = 0; posted < share && !life.IsCancellationRequested; posted += 4)
            {
                // Who got no answer asks again, at the next start: an order is gone from the list once it was accepted.
                if (await server.PostAsync(left.Take(4)) is not { Status: HttpStatusCode.Accepted })
                {
                    break;
                }

                for (var i = 0; i < 4; i++)
                {
                    left.Dequeue();
                }
            }

            await dying;
            mailed.Add(MailingShop.Mails(_killed).Count);
        }

        using (var last = await RunningShop.StartAsync(_killed))
        {
            await PostAllAsync(last, left);
            Assert.Equal(0, await last.Process.TerminateAsync());
        }

        using (var whole = await RunningShop.StartAsync(_undisturbed))
        {
            await PostAllAsync(whole, new(orders));
            Assert.Equal(0, await whole.Process.TerminateAsync());
        }

        await MailingShop.FinishAsync(_killed);
        await MailingShop.FinishAsync(_undisturbed);

        var (expected, found) = (MailingShop.Mails(_undisturbed), MailingShop.Mails(_killed));
        var unknown = MailingShop.Sends(_killed).Where(s => s.Value != SendStatus.Accepted).ToList();
        output.WriteLine($"{Kills} kills, {orders.Count} orders, {found.Count} of {expected.Count} mails, {unknown.Count} not known to be accepted");
        unknown.ForEach(s => output.WriteLine($"{s.Key}: {s.Value}"));
        Assert.Equal(orders.Count, expected.Count);
        Assert.True(mailed.Count > 1, "No mail went between two kills.");
        Assert.Equal(found.Distinct(), found);
        Assert.Empty(found.Except(expected));
        Assert.All(unknown, s => Assert.Equal(SendStatus.Unknown, s.Value));
        Assert.True(expected.Count - found.Count <= unknown.Count, "A mail is missing that is not known to be unknown.");
        Assert.Equal(_undisturbed.Orders(), _killed.Orders());
        Assert.Equal(MailingShop.State(_undisturbed), MailingShop.State(_killed));
        Assert.Equal(MailingShop.Sends(_undisturbed).Keys.Order(), MailingShop.Sends(_killed).Keys.Order());
    }

    /// <summary>Half of the kills come some time after the start, half of them some time after a mail has gone.</summary>
    private async Task KillAsync(RunningShop server, int mails, bool afterAMail, int milliseconds, CancellationTokenSource life)
    {
        if (afterAMail)
        {
            await Eventually.HoldsAsync(() => Directory.Exists(Path.Combine(_killed.Data, "mails"))
                && Directory.EnumerateFiles(Path.Combine(_killed.Data, "mails"), "*.eml").Count() > mails);
            milliseconds /= 4;
        }

        await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
        await server.Process.KillAsync();
        await life.CancelAsync();
    }

    private static async Task PostAllAsync(RunningShop server, Queue<object> orders)
    {
        foreach (var chunk in orders.Chunk(20))
        {
            Assert.Equal(HttpStatusCode.Accepted, (await server.PostAsync(chunk))?.Status);
        }
    }
}
