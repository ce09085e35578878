namespace Segue.Segmentation.Predictions;

/// <summary>What some customers spent: enough for their mean and how far they are from it. Merging adds.</summary>
/// <param name="Customers">Customers.</param>
/// <param name="Sum">Their money.</param>
/// <param name="Squares">The sum of its squares, a statistic and no money.</param>
public readonly record struct MoneyMoments(long Customers, decimal Sum, double Squares)
{
    /// <summary>The mean; 0 of nobody.</summary>
    public double Mean => Customers == 0 ? 0 : (double)Sum / Customers;

    /// <summary>With one customer more.</summary>
    public MoneyMoments With(decimal money) => new(Customers + 1, Sum + money, Squares + ((double)money * (double)money));

    /// <summary>Both together.</summary>
    public static MoneyMoments operator +(MoneyMoments a, MoneyMoments b) => new(a.Customers + b.Customers, a.Sum + b.Sum, a.Squares + b.Squares);
}
