import { scaleSqrt } from 'd3-scale';

interface HeatMapProps {
  caption: string;
  rowTitle: string;
  rows: string[];
  columns: string[];
  /** What colours a cell; null leaves it blank. */
  value: (row: number, column: number) => number | null;
  /** What stands in it. */
  text: (row: number, column: number) => { main: string; sub?: string };
}

const LEVELS = 8;

/** A heat map that is its own table: a screen reader reads the cells, the eye sees where it is dark. */
export function HeatMap({ caption, rowTitle, rows, columns, value, text }: HeatMapProps) {
  const most = Math.max(1, ...rows.flatMap((_, r) => columns.map((_c, c) => value(r, c) ?? 0)));
  // Areas under a few big cells would all look alike on a linear scale.
  const level = scaleSqrt().domain([0, most]).rangeRound([0, LEVELS]).clamp(true);
  return (
    <div class="scroll" role="region" aria-label={`${caption}, table`} tabIndex={0}>
      <table class="heat">
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{rowTitle}</th>
            {columns.map((c) => <th key={c} scope="col">{c}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((name, r) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {columns.map((column, c) => {
                const v = value(r, c);
                const { main, sub } = text(r, c);
                return (
                  <td key={column} class={`heat-${v === null ? 'none' : level(v)}`}>
                    <span class="heat-main">{main}</span>
                    {sub && <span class="heat-sub">{sub}</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
