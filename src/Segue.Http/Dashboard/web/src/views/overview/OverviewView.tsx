import { useApi } from '../../api/load';
import type { Overview } from '../../api/types';
import { ShareBar } from '../../charts/ShareBar';
import { briefMoney, count, decimal, money, percent, plural, share } from '../../parts/format';
import { Await, Empty, Panel, Pill, Tiles, When } from '../../parts/parts';
import { Table } from '../../parts/Table';
import { View } from '../../parts/View';
import { Link, to } from '../../shell/router';
import { HistoryPanel, STEP } from './HistoryPanel';
import { SegmentTable } from '../segments/SegmentTable';

/** How the shop stands, from one request. */
export function OverviewView() {
  const overview = useApi<Overview>(`/api/reports/overview?every=${STEP}`);
  const shop = overview.state === 'here' ? overview.data : null;
  return (
    <View title={shop?.shopName ?? 'Overview'} aside={shop && <SendingNote sending={shop.sending} />}>
      <Await of={overview}>{(o) => (o.customers === 0 ? <FirstSteps /> : <Shop overview={o} />)}</Await>
    </View>
  );
}

function Shop({ overview: o }: { overview: Overview }) {
  const inJourneys = o.journeys.reduce((n, j) => n + j.underWay, 0);
  const sent = o.journeys.reduce((n, j) => n + j.sent, 0);
  return (
    <>
      <Tiles
        label="Key figures"
        tiles={[
          { name: 'Customers', value: count(o.customers), note: `${percent(share(o.reachable, o.customers))} may be mailed` },
          { name: 'Revenue', value: money(o.revenue, o.currency, false), note: 'net of returns' },
          { name: 'Orders', value: count(o.orders), note: `${(o.orders / o.customers).toFixed(1)} a customer` },
          { name: 'Average order', value: money(share(o.revenue, o.orders), o.currency, false), note: 'goods after discount' },
          { name: 'In journeys now', value: count(inJourneys), note: `${plural(sent, 'mail')} so far` },
        ]}
      />
      <HistoryPanel overview={o} />
      <div class="columns">
        <div class="wide">
          <Panel title="Segments" note={<Legend />}><SegmentTable segments={o.segments} currency={o.currency} /></Panel>
          <JourneysPanel overview={o} />
        </div>
        <div class="side">
          <Attention warnings={o.warnings} />
          <Stages overview={o} />
          <Surveys overview={o} />
          <Freshness overview={o} />
          <Lately overview={o} />
        </div>
      </div>
    </>
  );
}

export function Legend() {
  return (
    <span class="legend" aria-hidden="true">
      <i class="swatch people" />share of customers <i class="swatch money" />share of revenue
    </span>
  );
}

function SendingNote({ sending }: { sending: Overview['sending'] }) {
  return sending === 'on' ? <p class="sending"><Pill tone="good">Sending is on</Pill></p>
    : sending === 'allow-list' ? <p class="sending"><Pill tone="warn">Sending to the allow-list only</Pill></p>
      : <p class="sending"><Pill>Sending is off</Pill> No mail leaves.</p>;
}

const JOURNEYS_SHOWN = 8;

function JourneysPanel({ overview: o }: { overview: Overview }) {
  const busiest = [...o.journeys].sort((a, b) => b.underWay - a.underWay || b.sent - a.sent).slice(0, JOURNEYS_SHOWN);
  return (
    <Panel title="Journeys" note={o.journeys.length > JOURNEYS_SHOWN ? <Link href={to('journeys')}>All {o.journeys.length}</Link> : undefined}>
      {o.journeys.length === 0 ? <Empty title="There are no journeys in the campaigns folder." /> : (
        <Table
          caption="Journeys" rows={busiest} keyOf={(j) => j.id}
          columns={[
            { head: 'Journey', cell: (j) => <><Link class="name" href={to('journeys', j.id)}>{j.name}</Link><span class="sub">for {j.group}</span></> },
            { head: 'Status', cell: (j) => <Pill>{j.status}</Pill> },
            { head: 'In it now', number: true, cell: (j) => count(j.underWay) },
            { head: 'Mails', number: true, cell: (j) => count(j.sent) },
            { head: 'Conversions', number: true, cell: (j) => count(j.conversions) },
          ]}
        />
      )}
    </Panel>
  );
}

function Attention({ warnings }: { warnings: string[] }) {
  return (
    <Panel title="Needs attention">
      {warnings.length === 0
        ? <p class="note">Nothing: segments and journeys are within their guard rails.</p>
        : <ul class="warnings">{warnings.map((w) => <li key={w}>{w}</li>)}</ul>}
    </Panel>
  );
}

function Stages({ overview: o }: { overview: Overview }) {
  return (
    <Panel title="Lifecycle">
      <ShareBar parts={o.stages.map((s) => ({ id: s.id, name: s.name, share: share(s.customers, o.customers) }))} />
      <Table
        caption="Lifecycle stages" rows={o.stages} keyOf={(s) => s.id} dim={(s) => s.customers === 0}
        columns={[
          { head: 'Stage', cell: (s) => <><i class={`swatch stage-${s.id.replace(/ /g, '-')}`} />{s.name}</> },
          { head: 'Customers', number: true, cell: (s) => <>{count(s.customers)} <span class="share">{percent(share(s.customers, o.customers))}</span></> },
          { head: 'Revenue', number: true, cell: (s) => briefMoney(s.revenue, o.currency) },
        ]}
      />
    </Panel>
  );
}

function Surveys({ overview: o }: { overview: Overview }) {
  return (
    <>
      {o.surveys.map((s) => {
        const all = s.answers.reduce((n, a) => n + a.customers, 0);
        return (
          <Panel key={s.id} title="Survey" note={s.average === null ? plural(all, 'answer') : `${decimal(s.average)} on average of ${plural(all, 'answer')}`}>
            <Table
              caption={s.question} captioned rows={s.answers} keyOf={(a) => a.value} dim={(a) => a.customers === 0}
              columns={[
                {
                  head: 'Answer', cell: (a) => (
                    <>
                      <span class="name">{a.label}</span>
                      <svg class="bars" width="100%" height="6" aria-hidden="true" focusable="false"><rect class="people" width={`${100 * share(a.customers, all)}%`} height="5" rx="1.5" /></svg>
                    </>
                  ),
                },
                { head: 'Customers', number: true, cell: (a) => <>{count(a.customers)} <span class="share">{percent(share(a.customers, all))}</span></> },
              ]}
            />
          </Panel>
        );
      })}
    </>
  );
}

function Freshness({ overview: o }: { overview: Overview }) {
  return (
    <Panel title="How fresh this is">
      <dl class="facts">
        {[['Newest order', o.lastOrderAt], ['Scores calibrated', o.calibratedAt], ['These figures', o.rolledUpAt]].map(([name, at]) => (
          <div key={name}><dt>{name}</dt><dd>{at ? <When at={at} now={o.at} /> : 'never'}</dd></div>
        ))}
      </dl>
    </Panel>
  );
}

function Lately({ overview: o }: { overview: Overview }) {
  return (
    <Panel title="Sent lately">
      {o.lately.length === 0 ? <p class="note">No mail has gone out yet.</p> : (
        <ol class="mails">
          {o.lately.map((m) => (
            <li key={`${m.at}${m.customerId}${m.step}`}>
              <Link class="name" href={to('customers', m.customerId)}>{m.customerId}</Link>
              <When at={m.at} now={o.at} />
              <span class="sub">{m.journey}, step {m.step}</span>
              {m.status !== 'accepted' && <Pill>{m.status}</Pill>}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function FirstSteps() {
  return (
    <Panel title="No customers yet">
      <p>Bring the shop’s history in, and segments and journeys appear here. Nobody is mailed by an import.</p>
      <dl class="steps">
        <dt>From a file</dt>
        <dd><code>dotnet run --project src/Segue.Local -- import orders.csv</code></dd>
        <dt>From the shop, order by order</dt>
        <dd><code>POST /api/orders</code></dd>
      </dl>
    </Panel>
  );
}

