import { useApi } from '../../api/load';
import type { CalibrationReport } from '../../api/types';
import { decimal, percent, plural } from '../../parts/format';
import { Await, Empty, Panel, Tiles, When, type Tile } from '../../parts/parts';
import { View } from '../../parts/View';
import { CategoriesPanel, ReturnsPanel } from './BehaviourPanels';
import { ClustersPanel } from './ClustersPanel';
import { PersonasPanel } from './PersonasPanel';
import { PredictionsPanel } from './PredictionsPanel';
import { TiersPanel } from './TiersPanel';

/** What the last calibration learned of all customers: what they are worth, who is alike, and who comes back. */
export function ValueView() {
  const report = useApi<CalibrationReport>('/api/calibration');
  return (
    <View title="Value" lead="What customers are worth, who of them are alike, and how long they stay: by the calibration in force.">
      <Await of={report}>{(r) => (r.id === null ? <Uncalibrated /> : <Value report={r} />)}</Await>
    </View>
  );
}

function Uncalibrated() {
  return <Empty title="Not calibrated yet."><p>The first import ends with a calibration; after that there is one a week.</p></Empty>;
}

function Value({ report }: { report: CalibrationReport }) {
  return (
    <>
      <Tiles label="What was learned" tiles={tiles(report)} />
      {report.remarks.length > 0 && (
        <Panel title="What could not be told"><ul class="warnings">{report.remarks.map((r) => <li key={r}>{r}</li>)}</ul></Panel>
      )}
      <TiersPanel report={report} />
      <ClustersPanel report={report} />
      <PersonasPanel title="What clusters are like" caption="Personas of clusters" personas={report.personas.clusters} currency={report.currency} />
      <PersonasPanel title="What segments are like" caption="Personas of segments" personas={report.personas.segments} currency={report.currency} />
      <PredictionsPanel report={report} />
      <ReturnsPanel report={report} />
      <CategoriesPanel report={report} />
      {report.at && <p class="note">Calibrated <When at={report.at} now={report.now} />.</p>}
    </>
  );
}

function tiles(report: CalibrationReport): Tile[] {
  const check = report.predictions?.check;
  return [
    { name: 'Buyers', value: plural(report.buyers, 'customer') },
    { name: 'Usual gap between orders', value: report.usualGapDays === null ? '–' : `${decimal(report.usualGapDays)} days` },
    {
      name: 'Most who come back do so within', value: report.returnSilenceDays === null ? '–' : `${decimal(report.returnSilenceDays)} days`,
      note: '80 % of one-time buyers who came back',
    },
    {
      name: 'Prediction beside what happened', value: check && check.actual > 0 ? percent(check.predicted / check.actual) : '–',
      note: check ? 'purchases predicted, of those there were' : 'too little history to check one',
    },
  ];
}
