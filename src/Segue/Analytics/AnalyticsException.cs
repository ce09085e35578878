namespace Segue.Analytics;

/// <summary>The data can't answer the question asked; the message says what is missing.</summary>
public sealed class AnalyticsException(string message) : Exception(message);
