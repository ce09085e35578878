import type { ComponentChildren } from 'preact';

export interface Column<T> {
  head: string;
  cell: (row: T) => ComponentChildren;
  /** Right-aligned, in figures of one width. */
  number?: boolean;
}

interface TableProps<T> {
  caption: string;
  columns: Column<T>[];
  rows: T[];
  keyOf: (row: T) => string;
  /** Shows the caption, not only to screen readers. */
  captioned?: boolean;
  dim?: (row: T) => boolean;
}

/** A table whose first column heads its rows; it scrolls sideways by itself where it is too wide. */
export function Table<T>({ caption, columns, rows, keyOf, captioned = false, dim }: TableProps<T>) {
  const [head, ...others] = columns;
  return (
    <div class="scroll" role="region" aria-label={`${caption}, table`} tabIndex={0}>
      <table>
        <caption class={captioned ? '' : 'unseen'}>{caption}</caption>
        <thead>
          <tr>{columns.map((c) => <th key={c.head} scope="col" class={c.number ? 'number' : ''}>{c.head}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} class={dim?.(row) ? 'dim' : ''}>
              <th scope="row">{head?.cell(row)}</th>
              {others.map((c) => <td key={c.head} class={c.number ? 'number' : ''}>{c.cell(row)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
