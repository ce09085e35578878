namespace Segue.Analytics.Lifetime;

/// <summary>What Gamma-Gamma needs to know of a customer who came back.</summary>
/// <param name="Repeats">x: repeat purchases that the mean rests on, 1 or more.</param>
/// <param name="Mean">Their mean money, above 0.</param>
/// <param name="Customers">How many customers have this pattern.</param>
public readonly record struct SpendPattern(int Repeats, double Mean, long Customers = 1);
