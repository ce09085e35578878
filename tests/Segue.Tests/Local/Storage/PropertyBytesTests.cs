using FsCheck;
using FsCheck.Fluent;
using Segue.Local.Storage;
using Segue.Tests.Support;

namespace Segue.Tests.Local.Storage;

public sealed class PropertyBytesTests
{
    [Fact]
    public void Of_AnyProperties_ComeBackWithTheirTypes() =>
        Prop.ForAll<(NonNull<string>, bool, int, long)[], (double, DateTimeOffset, byte[])[]>((some, others) =>
        {
            var properties = new Dictionary<string, object>();
            foreach (var (text, flag, number, large) in some)
            {
                properties[$"t{properties.Count}"] = string.Concat(text.Get.EnumerateRunes());
                properties[$"f{properties.Count}"] = flag;
                properties[$"i{properties.Count}"] = number;
                properties[$"l{properties.Count}"] = large;
            }

            foreach (var (real, moment, binary) in others)
            {
                properties[$"d{properties.Count}"] = real;
                properties[$"m{properties.Count}"] = moment;
                properties[$"b{properties.Count}"] = binary ?? [];
            }

            var found = PropertyBytes.ToProperties(PropertyBytes.Of(properties));
            return found.Count == properties.Count && properties.All(p => found[p.Key].GetType() == p.Value.GetType()
                && (p.Value is byte[] bytes ? bytes.SequenceEqual((byte[])found[p.Key]) : p.Value.Equals(found[p.Key])));
        }).Holds();

    [Fact]
    public void Of_NumbersBeyondOrder_ComeBack()
    {
        double[] values = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0];
        foreach (var value in values)
        {
            var found = (double)PropertyBytes.ToProperties(PropertyBytes.Of(new Dictionary<string, object> { ["v"] = value }))["v"];
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(found));
        }
    }

    [Fact]
    public void ToProperties_NewerFormat_SaysSo() =>
        Assert.Contains("format 9", Assert.Throws<InvalidDataException>(() => PropertyBytes.ToProperties([9, 0])).Message, StringComparison.Ordinal);
}
