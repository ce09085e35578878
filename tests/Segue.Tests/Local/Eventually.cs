namespace Segue.Tests.Local;

/// <summary>Waits for what other threads bring about.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Returns as soon as the condition holds; fails the test when it does not within the limit.</summary>
    public static async Task HoldsAsync(Func<bool> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Limit, "It did not come about.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
