import type { Group } from '../../api/types';
import { TwinBars } from '../../charts/TwinBars';
import { briefMoney, count, percent, share } from '../../parts/format';
import { Table } from '../../parts/Table';

/** Segments with their shares of customers and revenue, drawn and written. */
export function SegmentTable({ segments, currency }: { segments: Group[]; currency: string }) {
  const people = segments.reduce((n, s) => n + s.customers, 0);
  const revenue = segments.reduce((n, s) => n + s.revenue, 0);
  // The longest bar fills the column, whichever of the two measures it belongs to.
  const longest = Math.max(0.0001, ...segments.flatMap((s) => [share(s.customers, people), share(s.revenue, revenue)]));
  return (
    <Table
      caption="Segments" rows={segments} keyOf={(s) => s.id} dim={(s) => s.customers === 0}
      columns={[
        {
          head: 'Segment',
          cell: (s) => (
            <>
              <span class="name">{s.name}</span>
              <TwinBars people={share(s.customers, people) / longest} money={Math.max(0, share(s.revenue, revenue)) / longest} />
            </>
          ),
        },
        { head: 'Customers', number: true, cell: (s) => <>{count(s.customers)} <span class="share">{percent(share(s.customers, people))}</span></> },
        { head: 'Revenue', number: true, cell: (s) => <>{briefMoney(s.revenue, currency)} <span class="share">{percent(share(s.revenue, revenue))}</span></> },
        { head: 'Orders', number: true, cell: (s) => count(s.orders) },
      ]}
    />
  );
}
