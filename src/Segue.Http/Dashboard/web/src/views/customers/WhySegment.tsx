import type { RuleAnswer, SegmentAnswer } from '../../api/types';

/** The segments file read from the top for one customer: each rule that failed and why, down to the one that holds. */
export function WhySegment({ answers }: { answers: SegmentAnswer[] }) {
  return (
    <ol class="decision">
      {answers.map((a) => (
        <li key={a.segment} class={a.holds ? 'holds' : 'fails'}>
          <Mark holds={a.holds} />
          <span class="name">{a.name}</span>
          {a.parts.length === 0 ? <span class="sub">takes everyone else</span> : <Parts parts={a.parts} />}
        </li>
      ))}
    </ol>
  );
}

function Parts({ parts }: { parts: RuleAnswer[] }) {
  return (
    <ul>
      {parts.map((p) => (
        <li key={p.text} class={p.holds ? 'holds' : 'fails'}>
          <Mark holds={p.holds} />
          <code>{p.text}</code>
          {p.parts.length > 0 && <Parts parts={p.parts} />}
        </li>
      ))}
    </ul>
  );
}

function Mark({ holds }: { holds: boolean }) {
  return <><span class="mark" aria-hidden="true">{holds ? '✓' : '✗'}</span><span class="unseen">{holds ? 'holds: ' : 'does not hold: '}</span></>;
}
