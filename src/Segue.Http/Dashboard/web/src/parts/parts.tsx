import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Loaded, Refusal } from '../api/load';
import { ago, moment } from './format';
import { KeyForm } from './KeyForm';

interface PanelProps {
  title: string;
  note?: ComponentChildren | undefined;
  children: ComponentChildren;
  class?: string;
}

/** A part of a view, under its heading. */
export function Panel({ title, note, children, class: extra = '' }: PanelProps) {
  const id = useId();
  return (
    <section class={`panel ${extra}`} aria-labelledby={id}>
      <div class="panel-head">
        <h2 id={id}>{title}</h2>
        {note && <p class="note">{note}</p>}
      </div>
      {children}
    </section>
  );
}

/** A chart with the table of its numbers: the drawing is for the eye, the table for everyone. */
export function Figure({ chart, table, summary = 'Show as a table' }: { chart: ComponentChildren; table: ComponentChildren; summary?: string }) {
  return (
    <>
      <div class="chart">{chart}</div>
      <details class="as-table">
        <summary>{summary}</summary>
        {table}
      </details>
    </>
  );
}

export interface Tile {
  name: string;
  value: string;
  note?: string;
}

/** The few numbers that matter most. */
export function Tiles({ label, tiles }: { label: string; tiles: Tile[] }) {
  return (
    <dl class="tiles" aria-label={label}>
      {tiles.map((t) => (
        <div class="tile" key={t.name}>
          <dt>{t.name}</dt>
          <dd>{t.value}</dd>
          {t.note && <dd class="note">{t.note}</dd>}
        </div>
      ))}
    </dl>
  );
}

const tones: Record<string, string> = { live: 'good', on: 'good', accepted: 'good', paused: 'warn', unknown: 'warn', rejected: 'bad' };

export function Pill({ children, tone }: { children: string; tone?: string }) {
  return <span class={`pill ${tone ?? tones[children] ?? ''}`}>{children}</span>;
}

export function When({ at, now }: { at: string; now: string }) {
  return <time dateTime={at} title={moment(at)}>{ago(at, now)}</time>;
}

export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}

/** What went wrong, and a way to try again. */
export function Problem({ refusal, again }: { refusal: Refusal; again?: () => void }) {
  return (
    <div class="problem" role="alert">
      <p class="empty-title">{refusal.title}</p>
      {refusal.detail && <p>{refusal.detail}</p>}
      {refusal.faults.length > 0 && <ul>{refusal.faults.map((f) => <li key={f}>{f}</li>)}</ul>}
      {again && (refusal.status === 401 ? <KeyForm again={again} /> : <button type="button" onClick={again}>Try again</button>)}
    </div>
  );
}

/** What stands here while an answer is under way, or when none came; else the answer. */
export function Await<T>({ of, children }: { of: Loaded<T>; children: (data: T) => ComponentChildren }) {
  switch (of.state) {
    case 'loading':
      return <div class="loading" role="status"><span class="unseen">Loading</span><i /><i /><i /></div>;
    case 'failed':
      return <Problem refusal={of.refusal} again={of.again} />;
    default:
      return <>{children(of.data)}</>;
  }
}
