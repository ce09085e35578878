import { useApi } from '../../api/load';
import type { SegmentMap } from '../../api/types';
import { HeatMap } from '../../charts/HeatMap';
import { briefMoney, count, decimal, money, percent, plural, share } from '../../parts/format';
import { Await, Empty, Panel, Pill, When } from '../../parts/parts';
import { Table } from '../../parts/Table';
import { View } from '../../parts/View';
import { Link, to } from '../../shell/router';
import { Legend } from '../overview/OverviewView';
import { MovementsPanel } from './MovementsPanel';
import { SegmentTable } from './SegmentTable';

/** Who the customers are: segments, scores, tiers, tags and moves, from two requests. */
export function SegmentsView() {
  const map = useApi<SegmentMap>('/api/segments/map');
  return (
    <View title="Segments" lead="Every customer is in exactly one segment: the first whose rule holds.">
      <Await of={map}>{(m) => (m.customers === 0 ? <Empty title="No customers yet." /> : <Segments map={m} />)}</Await>
    </View>
  );
}

function Segments({ map }: { map: SegmentMap }) {
  return (
    <>
      {map.warnings.length > 0 && (
        <Panel title="Needs attention"><ul class="warnings">{map.warnings.map((w) => <li key={w}>{w}</li>)}</ul></Panel>
      )}
      <Panel title="Customers and revenue" note={<Legend />}><SegmentTable segments={map.segments} currency={map.currency} /></Panel>
      <div class="halves">
        <RfmPanel map={map} />
        <TierPanel map={map} />
      </div>
      <MovementsPanel map={map} />
      <DefinitionsPanel map={map} />
      <TagsPanel map={map} />
    </>
  );
}

const scores = [5, 4, 3, 2, 1];

function RfmPanel({ map }: { map: SegmentMap }) {
  const cell = (r: number, f: number) => map.rfm.find((c) => c.recency === scores[r] && c.frequency === [...scores].reverse()[f]);
  return (
    <Panel title="Recency by frequency" note="customers, and their average spend">
      {map.rfm.length === 0 ? <Empty title="Not calibrated yet: there are no scores." /> : (
        <HeatMap
          caption="Customers by recency and frequency score, 5 is best" rowTitle="Recency"
          rows={scores.map((s) => (s === 5 ? '5, lately' : s === 1 ? '1, long ago' : `${s}`))}
          columns={[...scores].reverse().map((s) => (s === 5 ? '5, often' : s === 1 ? '1, seldom' : `${s}`))}
          value={(r, f) => cell(r, f)?.customers ?? null}
          text={(r, f) => {
            const c = cell(r, f);
            return c ? { main: count(c.customers), sub: briefMoney(c.revenue / c.customers, map.currency) } : { main: '–' };
          }}
        />
      )}
      {map.calibratedAt && <p class="note">Scores by fifths, calibrated <When at={map.calibratedAt} now={map.at} />.</p>}
    </Panel>
  );
}

function TierPanel({ map }: { map: SegmentMap }) {
  const cell = (l: number, r: number) => map.tiers.find((c) => c.longevity === l && c.recency === r);
  return (
    <Panel title="Longevity by silence" note="average spend so far, and customers">
      <HeatMap
        caption="Average spend by time since the first and the last order" rowTitle="First order"
        rows={map.longevity} columns={map.recency}
        value={(l, r) => { const c = cell(l, r); return c ? c.revenue / c.customers : null; }}
        text={(l, r) => {
          const c = cell(l, r);
          return c ? { main: briefMoney(c.revenue / c.customers, map.currency), sub: plural(c.customers, 'customer') } : { main: '–' };
        }}
      />
      <p class="note">Down: time since the first order. Across: time since the last.</p>
    </Panel>
  );
}

function DefinitionsPanel({ map }: { map: SegmentMap }) {
  return (
    <Panel title="Who is in each">
      <Table
        caption="Segments with their rules and journeys" rows={map.segments} keyOf={(s) => s.id} dim={(s) => s.customers === 0}
        columns={[
          { head: 'Segment', cell: (s) => <><span class="name">{s.name}</span><span class="sub rule">{s.rule ?? 'everyone else'}</span></> },
          { head: 'Reachable', number: true, cell: (s) => percent(share(s.reachable, s.customers)) },
          { head: 'Median spend', number: true, cell: (s) => (s.medianSpend === null ? '–' : money(s.medianSpend, map.currency, false)) },
          { head: 'Median silence', number: true, cell: (s) => (s.medianSilence === null ? '–' : `${decimal(s.medianSilence)} days`) },
          {
            head: 'Journeys',
            cell: (s) => (s.journeys.length === 0 ? <Pill tone="warn">none</Pill>
              : s.journeys.map((j) => <span key={j} class="chip"><Link href={to('journeys', j)}>{j}</Link></span>)),
          },
        ]}
      />
    </Panel>
  );
}

function TagsPanel({ map }: { map: SegmentMap }) {
  return (
    <Panel title="Tags" note="a customer may have any number">
      {map.tags.length === 0 ? <p class="note">The segments file names none.</p> : (
        <Table
          caption="Tags" rows={map.tags} keyOf={(t) => t.id} dim={(t) => t.customers === 0}
          columns={[
            { head: 'Tag', cell: (t) => t.name },
            { head: 'Customers', number: true, cell: (t) => <>{count(t.customers)} <span class="share">{percent(share(t.customers, map.customers))}</span></> },
          ]}
        />
      )}
    </Panel>
  );
}
