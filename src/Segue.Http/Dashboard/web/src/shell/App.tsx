import type { ComponentChildren } from 'preact';
import { CallsView } from '../views/calls/CallsView';
import { CustomersView } from '../views/customers/CustomersView';
import { ExperimentsView } from '../views/experiments/ExperimentsView';
import { JourneyView } from '../views/journeys/JourneyView';
import { JourneysView } from '../views/journeys/JourneysView';
import { NotHere } from '../views/NotHere';
import { OverviewView } from '../views/overview/OverviewView';
import { SegmentsView } from '../views/segments/SegmentsView';
import { SimulateView } from '../views/simulate/SimulateView';
import { ValueView } from '../views/value/ValueView';
import { Link, to, usePlace, type Place } from './router';

interface Room {
  path: string;
  name: string;
  view: (place: Place) => ComponentChildren;
}

const rooms: Room[] = [
  { path: '', name: 'Overview', view: () => <OverviewView /> },
  { path: 'segments', name: 'Segments', view: () => <SegmentsView /> },
  { path: 'value', name: 'Value', view: () => <ValueView /> },
  { path: 'journeys', name: 'Journeys', view: (p) => (p.parts[1] === undefined ? <JourneysView /> : <JourneyView key={p.parts[1]} id={p.parts[1]} />) },
  { path: 'experiments', name: 'Experiments', view: () => <ExperimentsView /> },
  { path: 'calls', name: 'Calls', view: () => <CallsView /> },
  { path: 'simulate', name: 'Simulate', view: (p) => <SimulateView journey={p.query.get('journey')} /> },
  { path: 'customers', name: 'Customers', view: (p) => <CustomersView key={p.parts[1] ?? ''} id={p.parts[1] ?? null} /> },
];

export function App() {
  const place = usePlace();
  const room = rooms.find((r) => r.path === (place.parts[0] ?? ''));
  return (
    <>
      <a class="skip" href="#content">Skip to content</a>
      <header class="top">
        <Link class="brand" href={to()}>Segue</Link>
        <nav aria-label="Views">
          <ul>
            {rooms.map((r) => (
              <li key={r.path}>
                <Link href={r.path === '' ? to() : to(r.path)} aria-current={r === room ? 'page' : undefined}>{r.name}</Link>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main id="content" tabIndex={-1}>{room ? room.view(place) : <NotHere />}</main>
    </>
  );
}
