import type { Customer } from '../../api/types';
import { count, moment, money, plural } from '../../parts/format';
import { Empty, Panel, Pill, Tiles, When } from '../../parts/parts';
import { Table } from '../../parts/Table';
import { Link, to } from '../../shell/router';
import { WhySegment } from './WhySegment';

/** What is known of one customer. */
export function CustomerPage({ customer: c, now }: { customer: Customer; now: string }) {
  return (
    <>
      <Tiles
        label="Key figures"
        tiles={[
          { name: 'Segment', value: c.segmentName, note: `stage: ${c.stage}` },
          { name: 'Spent', value: money(c.totalSpend, c.currency, true), note: `in ${plural(c.orders, 'order')}, net of returns` },
          { name: 'Scores', value: c.scores ? `${c.scores.recency} · ${c.scores.frequency} · ${c.scores.monetary}` : '–', note: 'recency, frequency, monetary; 5 is best' },
          { name: 'E-mail', value: c.emailConsent, note: c.email ?? 'no address' },
        ]}
      />
      <div class="columns">
        <div class="wide">
          <Panel title="Why this segment">
            <WhySegment answers={c.decision} />
            <ul class="why">{c.why.map((w) => <li key={w}>{w}</li>)}</ul>
            {c.changesAt && <p class="note">If nothing happens, this is looked at again {moment(c.changesAt)}.</p>}
          </Panel>
          <Timeline customer={c} now={now} />
        </div>
        <div class="side">
          <Panel title="Tags">
            {c.tags.length === 0 ? <p class="note">None holds.</p> : <p>{c.tags.map((t) => <span class="chip" key={t}>{t}</span>)}</p>}
          </Panel>
          <Panel title="Journeys">
            {c.journeys.length === 0 ? <p class="note">In none so far.</p> : (
              <Table
                caption="Journeys" rows={c.journeys} keyOf={(j) => `${j.journey}${j.status}${j.dueAt ?? ''}`}
                columns={[
                  { head: 'Journey', cell: (j) => <><Link class="name" href={to('journeys', j.journey)}>{j.journey}</Link>{j.dueAt && <span class="sub">goes on <When at={j.dueAt} now={now} /></span>}</> },
                  { head: 'Status', cell: (j) => (j.dueAt ? <Pill tone={j.status === 'under way' ? 'good' : ''}>{j.status}</Pill> : j.status) },
                ]}
              />
            )}
          </Panel>
        </div>
      </div>
    </>
  );
}

function Timeline({ customer: c, now }: { customer: Customer; now: string }) {
  return (
    <Panel title="Timeline" note={`${count(c.timeline.length)} entries, newest first`}>
      {c.timeline.length === 0 ? <Empty title="Nothing has happened yet." /> : (
        <ol class="timeline">
          {c.timeline.map((e, i) => (
            <li key={`${e.at}${i}`} class={`what-${e.what.replace(/ /g, '-')}`}>
              <span class="what">{e.what}</span>
              <span class="detail">{e.detail}</span>
              <When at={e.at} now={now} />
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
