interface IntervalBarProps {
  value: number;
  lower: number;
  upper: number;
  /** The interval that may be looked at daily, drawn thin behind the other; or null. */
  always: { lower: number; upper: number } | null;
  /** What the width stands for on either side of nothing. */
  most: number;
}

/** A difference with its intervals, on either side of nothing; what lies beyond the edge is cut. Decoration beside its numbers. */
export function IntervalBar({ value, lower, upper, always, most }: IntervalBarProps) {
  const at = (v: number): string => `${50 + 50 * Math.max(-1, Math.min(1, v / most))}%`;
  return (
    <svg class="interval" width="100%" height="18" aria-hidden="true" focusable="false">
      <line class="nothing" x1="50%" x2="50%" y1="0" y2="18" />
      {always && <line class="always" x1={at(always.lower)} x2={at(always.upper)} y1="9" y2="9" />}
      <line class="once" x1={at(lower)} x2={at(upper)} y1="9" y2="9" />
      <circle cx={at(value)} cy="9" r="4.5" />
    </svg>
  );
}
