using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Segue.Local.Serving;

namespace Segue.Tests.Local.Serving;

public sealed class BackpressureTests
{
    private readonly ManualClock _clock = new(new(2026, 6, 15, 10, 0, 0, TimeSpan.Zero));
    private int _waiting;
    private int _counted;

    [Theory]
    [InlineData("POST", "/api/orders", 429)]
    [InlineData("POST", "/api/events", 429)]
    [InlineData("PUT", "/api/customers/a/b", 429)]
    [InlineData("POST", "/api/Shopify/orders", 429)]
    [InlineData("GET", "/api/customers/a", 200)]
    [InlineData("POST", "/api/journeys/wake/pause", 200)]
    [InlineData("POST", "/api/calls/1/outcome", 200)]
    [InlineData("POST", "/unsubscribe/token", 200)]
    [InlineData("POST", "/api/ordersx", 200)]
    public async Task Invoke_AtTheLimit_PutsOffIntakeAlone(string method, string path, int status)
    {
        _waiting = 10;
        Assert.Equal(status, (await InvokeAsync(Make(), method, path)).StatusCode);
        _waiting = 9;
        Assert.Equal(200, (await InvokeAsync(Make(), method, path)).StatusCode);
    }

    [Fact]
    public async Task Invoke_AtTheLimit_SaysWhenToComeAgain()
    {
        _waiting = 10;
        Assert.Equal("5", (await InvokeAsync(Make(), "POST", "/api/orders")).Headers.RetryAfter);
    }

    [Fact]
    public async Task Invoke_ManyRequests_CountsNowAndThen()
    {
        var pressure = Make();
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(200, (await InvokeAsync(pressure, "POST", "/api/orders")).StatusCode);
        }

        Assert.Equal(1, _counted);
        _waiting = 10;
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(429, (await InvokeAsync(pressure, "POST", "/api/orders")).StatusCode);
        _waiting = 0;
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(200, (await InvokeAsync(pressure, "POST", "/api/orders")).StatusCode);
        Assert.Equal(3, _counted);
    }

    private static async Task<HttpResponse> InvokeAsync(Backpressure pressure, string method, string path)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider() };
        (context.Request.Method, context.Request.Path) = (method, path);
        await pressure.InvokeAsync(context, _ => Task.CompletedTask);
        return context.Response;
    }

    private Backpressure Make() => new(Count, 10, _clock);

    private int Count(int atMost)
    {
        _counted++;
        return Math.Min(_waiting, atMost);
    }
}
