/** Two bars under a row's name: its share of people above its share of money, both from 0 to 1. */
export function TwinBars({ people, money }: { people: number; money: number }) {
  return (
    <svg class="bars" width="100%" height="11" aria-hidden="true" focusable="false">
      <rect class="people" width={`${people * 100}%`} height="5" rx="1.5" />
      <rect class="money" y="6" width={`${money * 100}%`} height="5" rx="1.5" />
    </svg>
  );
}
