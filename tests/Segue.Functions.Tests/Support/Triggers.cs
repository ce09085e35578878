using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Segue.Functions.Tests.Support;

/// <summary>One function of the app, as its attributes say it to the host.</summary>
internal sealed record Trigger(string Name, Type Class, MethodInfo Method)
{
    public HttpTriggerAttribute? Http => Of<HttpTriggerAttribute>();

    public ServiceBusTriggerAttribute? Queue => Of<ServiceBusTriggerAttribute>();

    public TimerTriggerAttribute? Timer => Of<TimerTriggerAttribute>();

    private T? Of<T>()
        where T : Attribute => Method.GetParameters().Select(p => p.GetCustomAttribute<T>()).FirstOrDefault(a => a is not null);
}

/// <summary>The functions of the app.</summary>
internal static class Triggers
{
    public static IReadOnlyList<Trigger> All { get; } =
    [
        .. from type in typeof(AppSettings).Assembly.GetTypes()
           from method in type.GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           orderby function.Name
           select new Trigger(function.Name, type, method),
    ];

    public static IEnumerable<Trigger> Http => All.Where(t => t.Http is not null);
}
