using NCrontab;
using Segue.Messaging;

namespace Segue.Simulation;

/// <summary>Timer triggers and when each is due next; the first tick is at the start or after it.</summary>
internal sealed class TimerTicks
{
    private static readonly CrontabSchedule.ParseOptions SixFields = new() { IncludingSeconds = true };
    private readonly TimerTrigger[] triggers;
    private readonly CrontabSchedule[] schedules;
    private readonly DateTime[] due;
    private int first = -1;

    /// <exception cref="CrontabException">A schedule is no six-field cron expression.</exception>
    public TimerTicks(IReadOnlyList<TimerTrigger> triggers, DateTimeOffset start)
    {
        this.triggers = [.. triggers];
        schedules = [.. triggers.Select(trigger => CrontabSchedule.Parse(trigger.Schedule, SixFields))];
        due = [.. schedules.Select(schedule => FirstFrom(schedule, start.UtcDateTime))];
        FindFirst();
    }

    /// <summary>The next tick of all, or null when no timer will ever tick again.</summary>
    public DateTimeOffset? Next => first < 0 ? null : new(due[first].Ticks, TimeSpan.Zero);

    /// <summary>Takes the next tick, which there must be; among equals, the trigger listed first.</summary>
    public (TimerTrigger Trigger, DateTimeOffset At) Take()
    {
        var taken = (triggers[first], Next!.Value);
        due[first] = schedules[first].GetNextOccurrence(due[first]);
        FindFirst();
        return taken;
    }

    private static DateTime FirstFrom(CrontabSchedule schedule, DateTime start)
    {
        var tick = start.AddSeconds(-1);
        do
        {
            tick = schedule.GetNextOccurrence(tick);
        }
        while (tick < start);

        return tick;
    }

    private void FindFirst()
    {
        first = -1;
        for (var i = 0; i < due.Length; i++)
        {
            // The library's "never again" is the end of time.
            if (due[i] < DateTime.MaxValue && (first < 0 || due[i] < due[first]))
            {
                first = i;
            }
        }
    }
}
