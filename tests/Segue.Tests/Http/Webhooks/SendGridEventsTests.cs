using System.Text;
using Segue.Email.Reports;
using Segue.Http.Webhooks.SendGrid;

namespace Segue.Tests.Http.Webhooks;

/// <summary>Events shaped as SendGrid's "Event Webhook Reference" documents them.</summary>
public sealed class SendGridEventsTests
{
    [Theory]
    [InlineData(""" "event": "processed" """, MailReport.Processed)]
    [InlineData(""" "event": "deferred", "response": "400 try again later", "attempt": "5" """, MailReport.Processed)]
    [InlineData(""" "event": "delivered", "response": "250 OK" """, MailReport.Delivered)]
    [InlineData(""" "event": "dropped", "reason": "Bounced Address", "status": "5.0.0" """, MailReport.Dropped)]
    [InlineData(""" "event": "bounce", "type": "bounce", "reason": "500 unknown recipient", "status": "5.0.0" """, MailReport.Bounced)]
    [InlineData(""" "event": "bounce", "type": "blocked", "reason": "550 mailbox full" """, MailReport.Blocked)]
    [InlineData(""" "event": "open", "useragent": "Mozilla/4.0 (compatible; MSIE 6.1; Windows XP)", "ip": "255.255.255.255" """, MailReport.Opened)]
    [InlineData(""" "event": "open", "useragent": "Mozilla/5.0", "sg_machine_open": true """, MailReport.Scanned)]
    [InlineData(""" "event": "open", "useragent": "Mozilla/5.0", "sg_machine_open": false """, MailReport.Opened)]
    [InlineData(""" "event": "click", "useragent": "Mozilla/5.0", "url": "https://shop.example/x" """, MailReport.Clicked)]
    [InlineData(""" "event": "click", "useragent": "BarracudaCentral/1.0" """, MailReport.Scanned)]
    [InlineData(""" "event": "click", "useragent": "python-requests/2.31" """, MailReport.Scanned)]
    [InlineData(""" "event": "spamreport" """, MailReport.Complained)]
    [InlineData(""" "event": "unsubscribe" """, MailReport.Unsubscribed)]
    [InlineData(""" "event": "group_unsubscribe", "asm_group_id": 10 """, MailReport.TopicUnsubscribed)]
    public void Read_EachKind_SaysWhatHappened(string fields, MailReport what)
    {
        var read = Assert.Single(Read($$"""[{ "email": "Example@Test.com", "timestamp": 1513299569, "segue": "ref", "sg_event_id": "id-1", "sg_message_id": "14c5d75ce93.dfd.64b469", {{fields}} }]"""));
        Assert.Equal(
            (what, "ref", "id-1", "example@test.com", new DateTimeOffset(2017, 12, 15, 0, 59, 29, TimeSpan.Zero)), (read.What, read.Reference, read.EventId, read.Email, read.At));
    }

    [Theory]
    [InlineData("""{ "event": "delivered", "timestamp": 1513299569, "sg_event_id": "i" }""")]
    [InlineData("""{ "event": "delivered", "timestamp": 1513299569, "segue": 7 }""")]
    [InlineData("""{ "event": "group_resubscribe", "timestamp": 1513299569, "segue": "r" }""")]
    [InlineData("""{ "event": "account_status_change", "type": "compliance_suspend", "timestamp": 1513299569, "segue": "r" }""")]
    [InlineData("""{ "event": "delivered", "segue": "r" }""")]
    [InlineData("""{ "event": "delivered", "timestamp": -4, "segue": "r" }""")]
    [InlineData("""{ "event": "delivered", "timestamp": 1e300, "segue": "r" }""")]
    [InlineData("""{ "event": "delivered", "timestamp": 99999999999999, "segue": "r" }""")]
    [InlineData("""{ "event": null, "timestamp": 1513299569, "segue": "r" }""")]
    [InlineData("17")]
    [InlineData("null")]
    public void Read_WhatIsNotOursOrSaysNothing_IsLeftOut(string element)
    {
        Assert.Empty(Read($"[{element}]"));
    }

    [Fact]
    public void Read_Timestamp_MayBeText()
    {
        Assert.Single(Read("""[{ "event": "open", "timestamp": "1513299569", "segue": "r" }]"""));
    }

    [Fact]
    public void Read_WithoutAnEventId_IsNamedByWhatItSays()
    {
        var read = Read("""
            [{ "event": "open", "timestamp": 1, "segue": "r" }, { "event": "open", "timestamp": 1, "segue": "r" }, { "event": "open", "timestamp": 2, "segue": "r" }]
            """);
        Assert.Equal(read[0].EventId, read[1].EventId);
        Assert.NotEqual(read[0].EventId, read[2].EventId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("[{]")]
    [InlineData("\"\\ud800\"")]
    public void Read_NoArrayOfEvents_IsAFault(string body)
    {
        var (events, fault) = SendGridEvents.Read(Encoding.UTF8.GetBytes(body));
        Assert.Empty(events);
        Assert.NotNull(fault);
    }

    [Fact]
    public void Read_MoreThanACallHolds_IsAFault()
    {
        Assert.NotNull(SendGridEvents.Read(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("1", SendGridEvents.Limit + 1))}]")).Fault);
    }

    private static IReadOnlyList<MailEvent> Read(string body)
    {
        var (events, fault) = SendGridEvents.Read(Encoding.UTF8.GetBytes(body));
        Assert.Null(fault);
        return events;
    }
}
