import { useState } from 'preact/hooks';
import { useApi, type Loaded } from '../../api/load';
import type { GroupMeasures, JourneyReport, Measures } from '../../api/types';
import { count, decimal, money, percent, plural, share } from '../../parts/format';
import { Await, Panel, Tiles } from '../../parts/parts';
import { Table } from '../../parts/Table';
import { ExperimentDetail, Standing } from '../experiments/ExperimentDetail';

const rules = [['last-touch', 'the last mail'], ['first-touch', 'the first mail'], ['even-split', 'all, the same part']] as const;

export interface Asked {
  report: Loaded<JourneyReport>;
  rule: string;
  setRule: (rule: string) => void;
}

/** What a journey has done and earned, from one request; another for each other way of attributing. */
export function useReport(id: string): Asked {
  const [rule, setRule] = useState('last-touch');
  return { report: useApi<JourneyReport>(`/api/reports/journeys/${encodeURIComponent(id)}?attribution=${rule}`), rule, setRule };
}

export function EarnedPanels({ report, rule, setRule }: Asked) {
  return (
    <>
      <Panel title="What it earned" note="orders within the goal’s window, after a mail">
        <form class="row">
          <label>
            An order is put down to
            <select name="attribution" value={rule} onChange={(e) => setRule(e.currentTarget.value)}>
              {rules.map(([value, name]) => <option key={value} value={value}>{name}</option>)}
            </select>
          </label>
        </form>
        <Await of={report}>{(r) => <Earned report={r} />}</Await>
      </Panel>
      {report.state === 'here' && report.data.experiments.map((e) => (
        <Panel key={e.id} title={`Measured: ${e.name.toLowerCase()}`} note={<Standing experiment={e} />}>
          <ExperimentDetail experiment={e} currency={report.data.currency} />
        </Panel>
      ))}
    </>
  );
}

function Earned({ report: r }: { report: JourneyReport }) {
  const t = r.totals;
  const groups: [string, GroupMeasures[]][] = [['Step', r.steps], ['Variant', r.variants], ['Segment at entry', r.segments]];
  return (
    <>
      <Tiles
        label="What it earned"
        tiles={[
          { name: 'Attributed revenue', value: money(t.attributedRevenue, r.currency, false), note: 'not causal, net of returns' },
          { name: 'Attributed orders', value: decimal(t.attributedOrders), note: `${money(t.discountCost, r.currency, false)} given off` },
          {
            name: 'Cost of mails and calls', value: t.sendingCost + t.callCost > 0 ? money(t.sendingCost + t.callCost, r.currency, true) : '–',
            note: t.sendingCost + t.callCost > 0 ? `${plural(t.sent, 'mail')}, ${plural(t.calls, 'call')}` : 'set mailCost and callCost in the settings to see it',
          },
          {
            name: 'Left of attributed revenue', value: t.attributedMargin === null ? '–' : money(t.attributedMargin, r.currency, false),
            note: t.attributedMargin === null ? 'set margin in the settings to see it' : 'margin less discounts, mails and calls; not causal',
          },
          {
            name: 'Worth a customer', value: t.predictedValue === null ? '–' : money(t.predictedValue, r.currency, false),
            note: t.predictedValue === null ? 'takes a calibration that predicts' : 'expected in 12 months, as they entered',
          },
          {
            name: 'Return',
            value: r.roi ? percent(r.roi.value) : '–',
            note: r.roi ? `${percent(r.roi.lower)} to ${percent(r.roi.upper)}, against those held out` : 'takes margin and a cost in the settings, and a holdout',
          },
        ]}
      />
      {groups.filter(([, rows]) => rows.length > 0).map(([name, rows]) => (
        <Table
          key={name} caption={`By ${name.toLowerCase()}`} captioned rows={rows} keyOf={(g) => g.id}
          columns={[
            { head: name, cell: (g) => g.name },
            ...(name === 'Segment at entry' ? [{ head: 'Entered', number: true, cell: (g: GroupMeasures) => count(g.measures.entered) }] : []),
            { head: 'Sent', number: true, cell: (g) => count(g.measures.sent) },
            { head: 'Clicked', number: true, cell: (g) => count(g.measures.clicked) },
            { head: 'Orders', number: true, cell: (g) => decimal(g.measures.attributedOrders) },
            { head: 'Revenue', number: true, cell: (g) => money(g.measures.attributedRevenue, r.currency, false) },
            ...(t.attributedMargin === null ? [] : [{ head: 'Left', number: true, cell: (g: GroupMeasures) => money(g.measures.attributedMargin ?? 0, r.currency, false) }]),
            ...(t.predictedValue === null ? [] : [{ head: 'Worth each', number: true, cell: (g: GroupMeasures) => (g.measures.predictedValue === null ? '–' : money(g.measures.predictedValue, r.currency, false)) }]),
            ...(rows.some((g) => g.roi) ? [{ head: 'Return', number: true, cell: (g: GroupMeasures) => (g.roi ? percent(g.roi.value) : '–') }] : []),
          ]}
        />
      ))}
    </>
  );
}

export function EngagementPanel({ report }: Asked) {
  return report.state === 'here' ? <Engagement totals={report.data.totals} /> : null;
}

function Engagement({ totals: t }: { totals: Measures }) {
  const heard = t.delivered + t.openedByPerson + t.openedByMachine + t.clicked + t.bounced + t.unsubscribed + t.complained > 0;
  const steps: [string, number, string][] = [
    ['Sent', t.sent, 'accepted by the mail service'], ['Delivered', t.delivered, 'taken by the recipient’s server'], ['Opened by a person', t.openedByPerson, 'as far as can be told'],
    ['Clicked by a person', t.clicked, 'mail scanners left out'],
  ];
  const beside: [string, number, string][] = [
    ['Opened by machines', t.openedByMachine, 'set apart: counts for nothing'], ['Bounced', t.bounced, ''], ['Unsubscribed', t.unsubscribed, ''], ['Complained', t.complained, ''],
    ['Withheld', t.withheld, 'no consent, a cap, quiet hours and so on'],
  ];
  return (
    <Panel title="Engagement" note={heard ? undefined : 'the mail service has told nothing of these mails yet'}>
      <Table
        caption="Engagement" rows={[...steps, ...beside]} keyOf={([name]) => name}
        columns={[
          {
            head: 'What', cell: ([name, n, note]) => (
              <>
                <span class="name">{name}</span>{note && <span class="sub">{note}</span>}
                {steps.some(([s]) => s === name) && (
                  <svg class="bars" width="100%" height="6" aria-hidden="true" focusable="false"><rect class="people" width={`${100 * Math.min(1, share(n, t.sent))}%`} height="5" rx="1.5" /></svg>
                )}
              </>
            ),
          },
          { head: 'Mails', number: true, cell: ([, n]) => count(n) },
          { head: 'Of those sent', number: true, cell: ([name, n]) => (name === 'Withheld' ? '' : percent(share(n, t.sent))) },
        ]}
      />
    </Panel>
  );
}
