import type { Persona, Trait } from '../../api/types';
import { count, decimal, money, percent, plural, share } from '../../parts/format';
import { Panel } from '../../parts/parts';
import { Table } from '../../parts/Table';

interface PersonasPanelProps {
  title: string;
  caption: string;
  personas: Persona[];
  currency: string;
}

/** What members of groups are like, each trait with how many customers it rests on. */
export function PersonasPanel({ title, caption, personas, currency }: PersonasPanelProps) {
  if (personas.length === 0) {
    return null;
  }
  return (
    <Panel title={title} note="from what is known of their members">
      <div class="personas">
        {personas.map((p) => (
          <details key={p.id} class="experiment">
            <summary><span class="name">{p.name}</span> <span class="note">{plural(p.customers, 'customer')}</span></summary>
            <Table
              caption={`${caption}: ${p.name}`} rows={p.traits} keyOf={(t) => t.name}
              columns={[
                { head: 'Trait', cell: (t) => words(t.name) },
                { head: 'What they are like', cell: (t) => said(t, currency) },
                { head: 'Known of', number: true, cell: (t) => <>{count(t.known)} <span class="share">{percent(share(t.known, p.customers))}</span></> },
              ]}
            />
          </details>
        ))}
      </div>
    </Panel>
  );
}

const names: Record<string, string> = {
  orders: 'Orders', totalSpend: 'Spend so far', averageOrder: 'Average order', firstCategory: 'First category', favouriteCategory: 'Favourite category',
  channel: 'Channel', emailEngagement: 'Mails clicked',
};

function words(trait: string): string {
  const name = names[trait] ?? trait.replace('attribute.', '');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function said(trait: Trait, currency: string): string {
  if (trait.median === null || trait.low === null || trait.high === null) {
    return trait.values.map((v) => `${v.value} ${percent(share(v.customers, trait.known))}`).join(', ');
  }
  const form = (n: number): string => (trait.name === 'totalSpend' || trait.name === 'averageOrder' ? money(n, currency)
    : trait.name === 'emailEngagement' ? percent(n) : decimal(n));
  return `${form(trait.median)} in the middle; half of them ${form(trait.low)} to ${form(trait.high)}`;
}
