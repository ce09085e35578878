using System.Globalization;
using System.Text;

namespace Segue.Benchmarks.Running;

/// <summary>Curves as an SVG picture with logarithmic axes: cost that grows with size is a line that rises at 45 degrees.</summary>
internal static class Chart
{
    private const int Width = 640, Height = 360, Left = 76, Right = 20, Top = 40, Bottom = 52;
    private static readonly string[] Colours = ["#1f6feb", "#d1242f", "#1a7f37", "#9a6700"];

    /// <summary>The picture; curves share both axes.</summary>
    public static string Draw(string title, IReadOnlyList<Curve> curves)
    {
        var points = curves.SelectMany(c => c.Points).Where(p => p is { X: > 0, Y: > 0 }).ToList();
        var (x, y) = (Axis.Over(points.Select(p => p.X)), Axis.Over(points.Select(p => p.Y)));
        double AtX(double value) => Left + (x.Place(value) * (Width - Left - Right));
        double AtY(double value) => Height - Bottom - (y.Place(value) * (Height - Top - Bottom));
        var svg = new StringBuilder();
        void Line(string text) => svg.Append(text).Append('\n');
        Line(Text($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" font-family=\"sans-serif\" font-size=\"12\">"));
        Line($"<title>{Escape(title)}</title><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
        Line(Text($"<text x=\"{Left}\" y=\"18\" font-size=\"14\" font-weight=\"bold\">{Escape(title)}</text>"));
        foreach (var tick in x.Ticks)
        {
            Line(Text($"<path d=\"M{AtX(tick):F1} {Top}V{Height - Bottom}\" stroke=\"#ddd\"/><text x=\"{AtX(tick):F1}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{Short(tick)}</text>"));
        }

        foreach (var tick in y.Ticks)
        {
            Line(Text($"<path d=\"M{Left} {AtY(tick):F1}H{Width - Right}\" stroke=\"#ddd\"/><text x=\"{Left - 6}\" y=\"{AtY(tick) + 4:F1}\" text-anchor=\"end\">{Short(tick)}</text>"));
        }

        Line(Text($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 14}\" text-anchor=\"middle\">{Escape(curves[0].X)}</text>"));
        Line(Text($"<text transform=\"translate(16 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{Escape(curves[0].Y)}</text>"));
        for (var i = 0; i < curves.Count; i++)
        {
            var colour = Colours[i % Colours.Length];
            var drawn = curves[i].Points.Where(p => p is { X: > 0, Y: > 0 }).ToList();
            Line(Text($"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{string.Join(' ', drawn.Select(p => Text($"{AtX(p.X):F1},{AtY(p.Y):F1}")))}\"/>"));
            foreach (var p in drawn)
            {
                Line(Text($"<circle cx=\"{AtX(p.X):F1}\" cy=\"{AtY(p.Y):F1}\" r=\"3\" fill=\"{colour}\"><title>{p.X:G4}: {p.Y:G4}</title></circle>"));
            }

            Line(Text($"<text x=\"{Left + 10}\" y=\"{Top + 14 + (16 * i)}\" fill=\"{colour}\">{Escape(curves[i].Name)}</text>"));
        }

        Line("</svg>");
        return svg.ToString();
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static string Short(double value) => value switch
    {
        >= 1_000_000 => (value / 1_000_000).ToString("0.###", CultureInfo.InvariantCulture) + " M",
        >= 1000 => (value / 1000).ToString("0.###", CultureInfo.InvariantCulture) + " k",
        _ => value.ToString("0.######", CultureInfo.InvariantCulture),
    };

    /// <summary>Whole powers of ten around what is shown.</summary>
    private readonly record struct Axis(int From, int Until)
    {
        public IEnumerable<double> Ticks
        {
            get
            {
                for (var power = From; power <= Until; power++)
                {
                    yield return Math.Pow(10, power);
                }
            }
        }

        public static Axis Over(IEnumerable<double> values)
        {
            var all = values.DefaultIfEmpty(1).ToList();
            var from = (int)Math.Floor(Math.Log10(all.Min()));
            return new(from, Math.Max(from + 1, (int)Math.Ceiling(Math.Log10(all.Max()))));
        }

        public double Place(double value) => (Math.Log10(value) - From) / (Until - From);
    }
}
