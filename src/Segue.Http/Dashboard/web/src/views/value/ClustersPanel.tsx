import type { CalibrationReport, Clusters } from '../../api/types';
import { LOOKS, Scatter } from '../../charts/Scatter';
import { count, decimal, money, percent } from '../../parts/format';
import { Figure, Panel, Pill, When } from '../../parts/parts';
import { Table, type Column } from '../../parts/Table';

/** Customers who are alike: the map of them, the groups, and why so many. */
export function ClustersPanel({ report }: { report: CalibrationReport }) {
  const found = report.clusters;
  return (
    <Panel title="Customers who are alike" note="clusters of those who are not churned">
      {found === null ? <p class="note">There are too few customers to group.</p> : <Found report={report} found={found} />}
    </Panel>
  );
}

function Found({ report, found }: { report: CalibrationReport; found: Clusters }) {
  const groups = <GroupTable report={report} found={found} />;
  return (
    <>
      {found.clusters.length === 0 ? <p class="note">They fall into no clear groups, so none are used.</p> : groups}
      {found.map && (
        <Figure
          chart={<Scatter points={found.map.points} across={axis(found, 0)} up={axis(found, 1)} />}
          summary="Show what the map is made of as a table"
          table={(
            <Table
              caption="Directions of the map" rows={Object.keys(found.map.axes[0] ?? {})} keyOf={(f) => f}
              columns={[
                { head: 'Feature', cell: (f) => words(f) },
                { head: `Across, ${percent(found.map.shares[0] ?? 0)} of differences`, number: true, cell: (f) => weight(found, 0, f) },
                { head: `Up, ${percent(found.map.shares[1] ?? 0)} of differences`, number: true, cell: (f) => weight(found, 1, f) },
              ]}
            />
          )}
        />
      )}
      <details class="as-table">
        <summary>Why {found.k} groups</summary>
        <Table
          caption="Numbers of clusters tried" rows={found.table} keyOf={(t) => `${t.k}`}
          columns={[
            { head: 'Clusters', cell: (t) => <>{t.k} {t.k === found.k && <Pill tone="good">chosen</Pill>}</> },
            { head: 'Silhouette (higher is better)', number: true, cell: (t) => t.silhouette.toFixed(3) },
            { head: 'Davies-Bouldin (lower is better)', number: true, cell: (t) => t.daviesBouldin.toFixed(3) },
          ]}
        />
      </details>
      <p class="note">Made of {count(found.sampled)} customers <When at={found.madeAt} now={report.now} />, and kept for four weeks.</p>
    </>
  );
}

function GroupTable({ report, found }: { report: CalibrationReport; found: Clusters }) {
  const members = (id: string): number => report.personas.clusters.find((p) => p.id === id)?.customers ?? 0;
  const features = Object.keys(found.clusters[0]?.typical ?? {});
  return (
    <Table
      caption="Clusters" rows={found.clusters} keyOf={(c) => c.id}
      columns={[
        { head: 'Cluster', cell: (c) => <><i class={`swatch group-${found.clusters.indexOf(c) % LOOKS}`} aria-hidden="true" />{c.id} <span class="name">{c.name}</span></> },
        { head: 'Customers', number: true, cell: (c) => count(members(c.id)) },
        ...features.map((f): Column<Clusters['clusters'][number]> => ({
          head: `Typical ${words(f)}`, number: true, cell: (c) => plain(f, c.typical[f] ?? 0, report.currency),
        })),
      ]}
    />
  );
}

const names: Record<string, string> = {
  silence: 'silence', orders: 'orders', averageOrder: 'order', itemsPerOrder: 'items per order', longevity: 'time as a customer',
  categoryShare: 'share of the favourite category', engagement: 'share of mails clicked',
};

const words = (feature: string): string => names[feature] ?? feature.replace('attribute.', '');

function plain(feature: string, value: number, currency: string): string {
  return feature === 'averageOrder' ? money(value, currency)
    : feature === 'silence' || feature === 'longevity' ? `${decimal(value)} days`
      : feature === 'categoryShare' || feature === 'engagement' ? percent(value) : decimal(value);
}

const weight = (found: Clusters, direction: number, feature: string): string => (found.map?.axes[direction]?.[feature] ?? 0).toFixed(2).replace('-', '−');

/** The features that a direction shows most of, towards its end. */
function axis(found: Clusters, direction: number): string {
  const weights = Object.entries(found.map?.axes[direction] ?? {}).filter(([, w]) => Math.abs(w) >= 0.4).sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  return weights.map(([f, w]) => `${w > 0 ? 'more' : 'less'} ${words(f)}`).join(', ');
}
