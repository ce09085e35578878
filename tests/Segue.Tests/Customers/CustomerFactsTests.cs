using Segue.Customers;

namespace Segue.Tests.Customers;

public sealed class CustomerFactsTests
{
    private static readonly DateTimeOffset At = new(2024, 5, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void With_LaterFacts_WinWhereTheySpeak()
    {
        var merged = new CustomerFacts { Name = "Ann", Email = "a@example.com", Balance = 1, Attributes = new Dictionary<string, string> { ["a"] = "1", ["b"] = "1" } }
            .With(new() { Name = "Anna", Phone = "1", Attributes = new Dictionary<string, string> { ["b"] = "2" } });
        Assert.Equal(("Anna", "a@example.com", "1", 1m), (merged.Name, merged.Email, merged.Phone, merged.Balance));
        Assert.Equal(new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" }, merged.Attributes);
    }

    [Theory]
    [InlineData(Consent.Granted, 0, Consent.Unknown, 1, false, Consent.Granted)]
    [InlineData(Consent.Granted, 0, Consent.Refused, 1, true, Consent.Refused)]
    [InlineData(Consent.Refused, 0, Consent.Granted, 1, false, Consent.Granted)]
    [InlineData(Consent.Refused, 0, Consent.Granted, 1, true, Consent.Refused)]
    [InlineData(Consent.Granted, 2, Consent.Refused, 1, false, Consent.Granted)]
    [InlineData(Consent.Unknown, 2, Consent.Refused, 1, false, Consent.Refused)]
    public void With_Consent_FollowsTheLaterAnswer(Consent had, int hadAt, Consent said, int saidAt, bool refusalStays, Consent expected)
    {
        var merged = new CustomerFacts { EmailConsent = had, ConsentAt = had == Consent.Unknown ? null : At.AddDays(hadAt), ConsentSource = "old", ConsentText = "old words" }
            .With(new() { EmailConsent = said, ConsentAt = At.AddDays(saidAt), ConsentSource = "new", ConsentText = "new words" }, refusalStays);
        Assert.Equal(expected, merged.EmailConsent);
        Assert.Equal(expected == said ? "new" : "old", merged.ConsentSource);
        Assert.Equal(expected == said ? "new words" : "old words", merged.ConsentText);
    }

    [Fact]
    public void With_AnAnswerWithoutWords_KeepsNoWordsOfAnother()
    {
        var refused = new CustomerFacts { EmailConsent = Consent.Granted, ConsentAt = At, ConsentText = "Yes, mail me." }
            .With(new() { EmailConsent = Consent.Refused, ConsentAt = At.AddDays(1) });
        Assert.Null(refused.ConsentText);
    }

    [Fact]
    public void IsEmpty_OnlyWhereNothingIsSaid()
    {
        Assert.True(CustomerFacts.None.IsEmpty);
        Assert.False(new CustomerFacts { Balance = 0 }.IsEmpty);
        Assert.False(new CustomerFacts { EmailConsent = Consent.Refused }.IsEmpty);
    }
}
