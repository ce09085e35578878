using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Segue.Analytics.Lifetime;

/// <summary>Adds a log-likelihood's gradient to four, three … sums and answers its value.</summary>
internal delegate double LogLikelihood(ReadOnlySpan<double> parameters, Span<double> gradient);

/// <summary>A fit of a model whose parameters are all above 0.</summary>
/// <param name="Parameters">The likeliest parameters.</param>
/// <param name="StandardErrors">Their standard errors, from the curvature at the top; NaN where it is flat.</param>
/// <param name="Value">The log-likelihood there.</param>
internal sealed record LikelihoodFit(double[] Parameters, double[] StandardErrors, double Value);

/// <summary>Finds the parameters that make the data likeliest: BFGS over their logarithms.</summary>
internal static class MaximumLikelihood
{
    private const double GradientTolerance = 1e-7;

    // Beyond e^±12 a likelihood is flat: the data then say only that a parameter is very small or large.
    private const double Bound = 12;

    // Newton's steps with the curvature of a rough likelihood shrink by a factor each; one that needs more is no use.
    private const int MostSteps = 30;
    private const double SmallStep = 1e-8;

    /// <summary>
    /// The top of a likelihood over many rows, by way of one over fewer that is nearly the same: that one is climbed, and its top and curvature
    /// lead to the other's in a few steps. Where they don't, the other is climbed itself.
    /// </summary>
    /// <param name="model">Its name, for errors.</param>
    /// <param name="weight">Customers.</param>
    /// <param name="likelihood">The model's log-likelihood.</param>
    /// <param name="rough">Nearly the same over fewer rows.</param>
    /// <param name="starts">Parameters to start from.</param>
    /// <exception cref="AnalyticsException">From no start is there a top: the data don't determine the parameters.</exception>
    public static LikelihoodFit FitByWayOf(string model, double weight, LogLikelihood likelihood, LogLikelihood rough, params double[][] starts)
    {
        foreach (var start in starts)
        {
            if (Climb(weight, rough, start) is { } found && IsInside(found.Top) && Step(likelihood, found.Top, Information(rough, found.Top).Inverse()) is { } top)
            {
                return new(top, StandardErrors(likelihood, top), likelihood(top, new double[top.Length]));
            }
        }

        return Fit(model, weight, likelihood, starts);
    }

    /// <summary>The top that the first start that leads to one comes to.</summary>
    /// <param name="model">Its name, for errors.</param>
    /// <param name="weight">Customers: the likelihood is taken per customer, so that tolerances mean the same for all sizes.</param>
    /// <param name="likelihood">The model's log-likelihood.</param>
    /// <param name="starts">Parameters to start from.</param>
    /// <exception cref="AnalyticsException">From no start is there a top: the data don't determine the parameters.</exception>
    public static LikelihoodFit Fit(string model, double weight, LogLikelihood likelihood, params double[][] starts)
    {
        foreach (var start in starts)
        {
            // A climb that ends at the edge, or not at all, says nothing: another start may.
            if (Climb(weight, likelihood, start) is { } found && IsInside(found.Top))
            {
                return new(found.Top, StandardErrors(likelihood, found.Top), found.Value);
            }
        }

        throw new AnalyticsException($"{model} does not fit: these customers don't determine its parameters.");
    }

    private static (double[] Top, double Value)? Climb(double weight, LogLikelihood likelihood, double[] start)
    {
        var objective = ObjectiveFunction.Gradient(point =>
        {
            var parameters = point.Select(p => Math.Exp(Math.Clamp(p, -Bound, Bound))).ToArray();
            var gradient = new double[parameters.Length];
            var value = likelihood(parameters, gradient);
            for (var i = 0; i < gradient.Length; i++)
            {
                gradient[i] *= -parameters[i] / weight;
            }

            return (-value / weight, Vector<double>.Build.Dense(gradient));
        });
        try
        {
            var from = Vector<double>.Build.Dense([.. start.Select(p => Math.Log(p))]);
            var low = Vector<double>.Build.Dense(start.Length, -Bound);
            var found = new BfgsBMinimizer(GradientTolerance, 1e-9, 1e-13, 500).FindMinimum(objective, low, -low, from);
            double[] top = [.. found.MinimizingPoint.Select(p => Math.Exp(p))];
            return (top, likelihood(top, new double[top.Length]));
        }
        catch (OptimizationException)
        {
            return null;
        }
    }

    private static bool IsInside(double[] top) => top.All(p => Math.Abs(Math.Log(p)) < Bound - 0.01);

    /// <summary>Steps of Newton's with one curvature for all; null where they lead nowhere.</summary>
    private static double[]? Step(LogLikelihood likelihood, double[] start, Matrix<double> covariance)
    {
        double[] at = [.. start];
        for (var i = 0; i < MostSteps; i++)
        {
            var gradient = new double[at.Length];
            likelihood(at, gradient);
            var step = covariance * Vector<double>.Build.Dense(gradient);
            var (largest, before) = (0.0, (double[])[.. at]);
            for (var j = 0; j < at.Length; j++)
            {
                at[j] += step[j];
                largest = Math.Max(largest, Math.Abs(step[j] / before[j]));
            }

            if (!at.All(p => p > 0 && double.IsFinite(p)))
            {
                return null;
            }

            if (largest < SmallStep)
            {
                return IsInside(at) ? at : null;
            }
        }

        return null;
    }

    private static double[] StandardErrors(LogLikelihood likelihood, double[] top)
    {
        var covariance = Information(likelihood, top).Inverse();
        return [.. covariance.Diagonal().Select(v => v > 0 ? Math.Sqrt(v) : double.NaN)];
    }

    /// <summary>The observed information: the curvature at a top, turned round.</summary>
    private static Matrix<double> Information(LogLikelihood likelihood, double[] top)
    {
        var hessian = Matrix<double>.Build.Dense(top.Length, top.Length);
        for (var i = 0; i < top.Length; i++)
        {
            var step = 1e-4 * top[i];
            var (up, down) = (GradientAt(likelihood, top, i, step), GradientAt(likelihood, top, i, -step));
            for (var j = 0; j < top.Length; j++)
            {
                hessian[i, j] = -(up[j] - down[j]) / (2 * step);
            }
        }

        return (hessian + hessian.Transpose()) / 2;
    }

    private static double[] GradientAt(LogLikelihood likelihood, double[] top, int parameter, double step)
    {
        double[] at = [.. top];
        at[parameter] += step;
        var gradient = new double[at.Length];
        likelihood(at, gradient);
        return gradient;
    }
}
