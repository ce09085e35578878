using System.Globalization;
using System.Text;
using Segue.Benchmarks.Ports;

namespace Segue.Benchmarks.Bill;

/// <summary>What Azure costs a month, from the operations as they are counted and the list prices.</summary>
internal sealed record MonthlyBill(long Customers, decimal Transactions, decimal Messages, decimal Tables, decimal Bus, decimal Functions, decimal Mail)
{
    private const int TicksAMonth = 96 * 30;

    /// <summary>Without the mail service, which every tool needs.</summary>
    public decimal Azure => Tables + Bus + Functions;

    /// <summary>The bill of a shop of so many customers.</summary>
    public static MonthlyBill Of(long customers, Prices prices, IReadOnlyDictionary<string, OperationCount> operations)
    {
        var shop = prices.PerCustomerAndMonth;

        // What a mail service tells of a mail is taken as a step's work: it is one message that changes one customer.
        (string Work, decimal Times)[] work =
        [
            (Operations.Order, shop.Orders), (Operations.EnteringOrder, shop.OrdersEntering), (Operations.Step, shop.Steps + shop.MailReports),
            (Operations.SendingStep, shop.Mails), (Operations.Send, shop.Mails), (Operations.Recomputed, shop.Recomputed),
        ];
        var handled = work.Sum(w => w.Times) * customers;

        // A row that a tick finds is deleted by it: one batch each, beside the tick's own reads.
        var transactions = (work.Sum(w => w.Times * operations[w.Work].TableCalls) * customers) + ((shop.Steps + shop.Recomputed) * customers)
            + (TicksAMonth * operations[Operations.EmptyTick].TableCalls);
        var compute = Math.Max(0, (handled * shop.MillisecondsAMessage / 1000 * shop.InstanceGb) - prices.Functions.FreeGbSeconds) * prices.Functions.PerGbSecond;
        var executions = Math.Max(0, handled - prices.Functions.FreeExecutions) / 1_000_000 * prices.Functions.PerMillionExecutions;
        return new(
            customers, transactions, handled,
            (transactions / 10_000 * prices.Tables.Per10000Transactions) + (customers * shop.Kilobytes / 1_048_576 * prices.Tables.PerGbMonth),
            BusCost(handled * shop.BusOperationsAMessage / 1_000_000, prices.ServiceBus), compute + executions, shop.Mails * customers / 1000 * prices.Mail.Per1000);
    }

    /// <summary>The bills of three shops, and hosted tools beside them, as Markdown.</summary>
    public static async Task<string> PrintAsync(string file, CancellationToken cancellation)
    {
        var prices = await Prices.ReadAsync(file, cancellation);
        var operations = await Operations.CountAsync();
        var text = new StringBuilder("| customers | table transactions | messages | tables | Service Bus | Functions | Azure, a month | mail service |\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (var customers in new[] { 10_000L, 1_000_000, 100_000_000 })
        {
            var bill = Of(customers, prices, operations);
            text.Append(CultureInfo.InvariantCulture, $"| {customers:N0} | {bill.Transactions:N0} | {bill.Messages:N0} | ${bill.Tables:N2} | ${bill.Bus:N2} | ${bill.Functions:N2} | **${bill.Azure:N2}** | ${bill.Mail:N2} |\n");
        }

        text.Append("\n| hosted tool | contacts | a month | source |\n| --- | ---: | ---: | --- |\n");
        foreach (var tool in prices.HostedTools)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {tool.Name} | {tool.Contacts:N0} | ${tool.PerMonth:N2} | {tool.Source.Url}, {tool.Source.Date}{(tool.Source.Verified ? "" : ", not verified")} |\n");
        }

        return text.ToString();
    }

    /// <summary>The base and each tier's share.</summary>
    internal static decimal BusCost(decimal millions, BusPrices prices)
    {
        var (cost, from) = (prices.Base, 0m);
        foreach (var tier in prices.Tiers)
        {
            var until = tier.UntilMillions ?? decimal.MaxValue;
            cost += Math.Max(0, Math.Min(millions, until) - from) * tier.PerMillion;
            from = until;
        }

        return cost;
    }
}
