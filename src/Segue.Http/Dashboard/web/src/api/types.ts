/** What the endpoints answer; their C# records say what each field means. */
export interface Group {
  id: string;
  name: string;
  customers: number;
  orders: number;
  revenue: number;
}

export type Sending = 'off' | 'allow-list' | 'on';

export interface JourneyFigures {
  id: string;
  name: string;
  status: 'draft' | 'live' | 'paused' | 'archived';
  group: string;
  underWay: number;
  sent: number;
  conversions: number;
}

export interface Mail {
  at: string;
  customerId: string;
  journey: string;
  step: string;
  status: string;
}

export interface Overview {
  at: string;
  shopName: string;
  currency: string;
  sending: Sending;
  customers: number;
  reachable: number;
  orders: number;
  revenue: number;
  segments: Group[];
  stages: Group[];
  journeys: JourneyFigures[];
  lately: Mail[];
  history: DayFigures[];
  rolledUpAt: string | null;
  lastOrderAt: string | null;
  calibratedAt: string | null;
  surveys: Survey[];
  warnings: string[];
}

export interface Survey {
  id: string;
  question: string;
  average: number | null;
  answers: { value: string; label: string; customers: number }[];
}

export interface DayFigures {
  day: string;
  customers: number;
  orders: number;
  revenue: number;
  sent: number;
  segments: Record<string, number>;
  stages: Record<string, number>;
}

export interface Movements {
  flows: { month: string; from: string | null; to: string; customers: number }[];
}

export interface Experiments {
  currency: string;
  journeys: JourneyExperiments[];
}

export interface JourneyExperiments {
  id: string;
  name: string;
  status: 'draft' | 'live' | 'paused' | 'archived';
  experiments: Experiment[];
}

export interface Experiment {
  id: string;
  kind: 'holdout' | 'test';
  name: string;
  since: string;
  running: boolean;
  arms: Arm[];
  comparisons: Comparison[];
  split: { pValue: number; suspicious: boolean } | null;
  verdict: string;
}

export interface Arm {
  id: string;
  name: string;
  share: number;
  customers: number;
  entries: number;
  conversions: number;
  conversionRate: number;
  revenue: number;
  revenuePerEntry: number;
}

export interface Comparison {
  arm: string;
  against: string;
  conversion: Difference | null;
  revenue: Difference | null;
  smallestConversion: number | null;
  customersFor20Percent: number | null;
}

export interface Difference {
  value: number;
  lower: number;
  upper: number;
  relative: number | null;
  always: { lower: number; upper: number } | null;
  pValue: number | null;
}

export interface Measures {
  entered: number;
  sent: number;
  withheld: number;
  delivered: number;
  openedByPerson: number;
  openedByMachine: number;
  clicked: number;
  unsubscribed: number;
  complained: number;
  bounced: number;
  attributedOrders: number;
  attributedRevenue: number;
  discountCost: number;
  sendingCost: number;
  calls: number;
  callCost: number;
  attributedMargin: number | null;
  predictedValue: number | null;
}

export interface GroupMeasures {
  id: string;
  name: string;
  measures: Measures;
  roi?: { value: number; lower: number; upper: number } | null;
}

export interface JourneyReport {
  id: string;
  currency: string;
  rolledUpAt: string | null;
  totals: Measures;
  steps: GroupMeasures[];
  variants: GroupMeasures[];
  segments: GroupMeasures[];
  experiments: Experiment[];
  roi: { value: number; lower: number; upper: number } | null;
}

export interface Calls {
  queues: CallQueue[];
}

export interface CallQueue {
  queue: string;
  capacity: number | null;
  madeToday: number;
  waiting: number;
  calls: AgentCall[];
}

export interface AgentCall {
  id: string;
  customerId: string;
  name: string | null;
  phone: string | null;
  segment: string;
  reason: string;
  priority: number;
  value: number;
  journey: string;
  step: string;
  outcomes: string[];
  addedAt: string;
  dueAt: string;
}

export interface MailPreview {
  to: string;
  subject: string;
}

export interface SegmentMap {
  at: string;
  currency: string;
  calibratedAt: string | null;
  customers: number;
  buyers: number;
  segments: SegmentPicture[];
  tags: { id: string; name: string; customers: number }[];
  rfm: RfmCell[];
  tiers: TierCell[];
  longevity: string[];
  recency: string[];
  warnings: string[];
}

export interface SegmentPicture extends Group {
  rule: string | null;
  journeys: string[];
  reachable: number;
  medianSpend: number | null;
  medianSilence: number | null;
}

export interface RfmCell {
  recency: number;
  frequency: number;
  customers: number;
  revenue: number;
}

export interface TierCell {
  longevity: number;
  recency: number;
  customers: number;
  revenue: number;
}

export interface JourneyDetail {
  at: string;
  id: string;
  name: string;
  status: 'draft' | 'live' | 'paused' | 'archived';
  group: string;
  groupName: string;
  version: string;
  goal: string | null;
  exits: string[];
  holdout: number;
  reentry: string;
  liveSince: string | null;
  switchedBy: string | null;
  figures: RunFigures;
  first: string;
  steps: StepPicture[];
  versions: { version: string; here: number; current: boolean }[];
  people: { customerId: string; step: string | null; dueAt: string; enteredAt: string }[];
}

export interface RunFigures {
  entered: number;
  heldOut: number;
  here: number;
  hereHeldOut: number;
  sent: number;
  conversions: number;
  heldOutConversions: number;
  exits: { reason: string; runs: number }[];
}

export interface StepPicture {
  id: string;
  kind: string;
  title: string;
  detail: string | null;
  next: { to: string | null; label: string | null }[];
  here: number;
  sent: number;
  withheld: number;
  email: string | null;
}

export interface Customer {
  id: string;
  name: string | null;
  email: string | null;
  emailConsent: string;
  stage: string;
  segment: string;
  segmentName: string;
  currency: string;
  tags: string[];
  why: string[];
  decision: SegmentAnswer[];
  scores: { recency: number; frequency: number; monetary: number } | null;
  orders: number;
  totalSpend: number;
  firstOrderAt: string | null;
  lastOrderAt: string | null;
  changesAt: string | null;
  journeys: { journey: string; status: string; step: string | null; dueAt: string | null }[];
  timeline: { at: string; what: string; detail: string }[];
}

export interface SegmentAnswer {
  segment: string;
  name: string;
  holds: boolean;
  parts: RuleAnswer[];
}

export interface RuleAnswer {
  text: string;
  holds: boolean;
  parts: RuleAnswer[];
}

/** One line of a simulation's answer. */
export type SimulationLine = { done: number; total: number } | { report: SimulationReport } | { problem: string };

export interface SimulationReport {
  journey: string;
  from: string;
  until: string;
  currency: string;
  sends: number;
  customers: number;
  unreachable: number;
  entered: number;
  heldOut: number;
  purchasesAnyway: number;
  smallestUplift: number | null;
  costPerMail: number | null;
  cost: number | null;
  byDay: { day: string; sends: number }[];
  byStep: { step: string; sends: number }[];
  who: { customerId: string; at: string; step: string; reason: string }[];
}

export interface CalibrationReport {
  now: string;
  currency: string;
  id: string | null;
  at: string | null;
  asOf: string | null;
  customers: number;
  buyers: number;
  returnSilenceDays: number | null;
  usualGapDays: number | null;
  returns: { days: number; silent: number; cameBack: number; return: number }[];
  predictions: Predictions | null;
  tiers: ValueTiers | null;
  categories: { category: string | null; customers: number; returned: number; stayed: number; days: number; spend: number }[];
  clusters: Clusters | null;
  personas: { segments: Persona[]; clusters: Persona[] };
  remarks: string[];
}

export interface Predictions {
  lastDay: string;
  purchases: { r: number; alpha: number; a: number; b: number };
  logLikelihood: number;
  standardErrors: (number | null)[];
  customers: number;
  spend: { p: number; q: number; v: number; meanSpend: number | null } | null;
  spenders: number;
  check: FitCheck | null;
}

export interface FitCheck {
  from: string;
  until: string;
  customers: number;
  predicted: number;
  actual: number;
  byRepeats: { repeats: number; customers: number; predicted: number; actual: number }[];
}

export interface ValueTiers {
  longevity: number[];
  silence: number[];
  from: string;
  until: string;
  cells: { longevity: number; silence: number; before: number; mean: number | null; value: number; tier: number; customers: number }[];
}

export interface Clusters {
  madeAt: string;
  sampled: number;
  k: number;
  table: { k: number; inertia: number; silhouette: number; standardError: number; daviesBouldin: number }[];
  clusters: { id: string; name: string; share: number; typical: Record<string, number> }[];
  map: { shares: number[]; axes: Record<string, number>[]; points: { x: number; y: number; cluster: number }[] } | null;
}

export interface Persona {
  id: string;
  name: string;
  customers: number;
  traits: Trait[];
}

export interface Trait {
  name: string;
  known: number;
  median: number | null;
  low: number | null;
  high: number | null;
  values: { value: string; customers: number }[];
}
