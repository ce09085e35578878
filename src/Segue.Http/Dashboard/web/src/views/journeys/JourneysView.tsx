import { useApi } from '../../api/load';
import type { JourneyFigures, Sending } from '../../api/types';
import { count, percent, share } from '../../parts/format';
import { Await, Empty, Panel, Pill } from '../../parts/parts';
import { Table } from '../../parts/Table';
import { View } from '../../parts/View';
import { Link, to } from '../../shell/router';

interface Journeys {
  at: string;
  sending: Sending;
  journeys: JourneyFigures[];
}

/** All journeys with their figures, from one request. */
export function JourneysView() {
  const journeys = useApi<Journeys>('/api/journeys');
  return (
    <View title="Journeys" lead="What customers walk through, and how far they are.">
      <Await of={journeys}>
        {(j) => (j.journeys.length === 0 ? <Empty title="There are no journeys in the campaigns folder." /> : (
          <>
            {j.sending === 'off' && <p class="banner">Sending is off in the settings: journeys run, and their mail is withheld.</p>}
            <Panel title="All journeys">
              <Table
                caption="Journeys" rows={j.journeys} keyOf={(x) => x.id}
                columns={[
                  { head: 'Journey', cell: (x) => <><Link class="name" href={to('journeys', x.id)}>{x.name}</Link><span class="sub">for {x.group}</span></> },
                  { head: 'Status', cell: (x) => <Pill>{x.status}</Pill> },
                  { head: 'In it now', number: true, cell: (x) => count(x.underWay) },
                  { head: 'Mails', number: true, cell: (x) => count(x.sent) },
                  { head: 'Conversions', number: true, cell: (x) => count(x.conversions) },
                  { head: 'Conversions a mail', number: true, cell: (x) => (x.sent === 0 ? '–' : percent(share(x.conversions, x.sent))) },
                ]}
              />
            </Panel>
          </>
        ))}
      </Await>
    </View>
  );
}
