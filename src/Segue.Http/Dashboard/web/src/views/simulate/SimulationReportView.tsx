import type { SimulationReport } from '../../api/types';
import { Columns } from '../../charts/Columns';
import { count, day, moment, money, plural } from '../../parts/format';
import { Empty, Figure, Panel, Tiles } from '../../parts/parts';
import { Table } from '../../parts/Table';
import { Link, to } from '../../shell/router';

/** What a simulation shows: sends, cost and who. */
export function SimulationReportView({ report: r }: { report: SimulationReport }) {
  return (
    <>
      <p class="lead" role="status">{r.journey} from {day(r.from)} until {day(r.until)}: {plural(r.sends, 'mail')} to {plural(r.customers, 'customer')}.</p>
      <Tiles
        label="What would have happened"
        tiles={[
          { name: 'Mails', value: count(r.sends), note: `to ${plural(r.customers, 'customer')}` },
          {
            name: 'Cost of sending',
            value: r.cost === null ? '–' : money(r.cost, r.currency, true),
            note: r.costPerMail === null ? 'set costs in settings.yaml to see it' : `at ${r.costPerMail} ${r.currency} a mail`,
          },
          { name: 'Entered', value: count(r.entered), note: `${count(r.heldOut)} of them held out` },
          { name: 'Unreachable', value: count(r.unreachable), note: 'no address or no consent' },
          {
            name: 'Smallest visible uplift',
            value: r.smallestUplift === null ? '–' : `${r.smallestUplift.toFixed(1)} points`,
            note: `${count(r.purchasesAnyway)} bought without these mails`,
          },
        ]}
      />
      {r.sends === 0 ? <Empty title="Nobody would have been mailed in this period." /> : (
        <div class="columns">
          <div class="wide">
            <Panel title="Mails a day">
              <Figure
                chart={<Columns values={r.byDay.map((d) => ({ label: day(d.day), value: d.sends }))} />}
                table={(
                  <Table
                    caption="Mails by day" rows={r.byDay.filter((d) => d.sends > 0)} keyOf={(d) => d.day}
                    columns={[{ head: 'Day', cell: (d) => day(d.day) }, { head: 'Mails', number: true, cell: (d) => count(d.sends) }]}
                  />
                )}
              />
            </Panel>
            <Panel title="Who" note={r.sends > r.who.length ? `the first ${count(r.who.length)} of ${count(r.sends)} mails` : undefined}>
              <Table
                caption="Mails by time" rows={r.who} keyOf={(w) => `${w.customerId}${w.at}${w.step}`}
                columns={[
                  { head: 'Customer', cell: (w) => <Link href={to('customers', w.customerId)}>{w.customerId}</Link> },
                  { head: 'When', cell: (w) => moment(w.at) },
                  { head: 'Step', cell: (w) => w.step },
                  { head: 'Because of', cell: (w) => w.reason },
                ]}
              />
            </Panel>
          </div>
          <div class="side">
            <Panel title="By step">
              <Table
                caption="Mails by step" rows={r.byStep} keyOf={(x) => x.step}
                columns={[{ head: 'Step', cell: (x) => x.step }, { head: 'Mails', number: true, cell: (x) => count(x.sends) }]}
              />
            </Panel>
          </div>
        </div>
      )}
    </>
  );
}
