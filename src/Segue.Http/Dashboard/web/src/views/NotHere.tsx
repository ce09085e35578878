import { Empty } from '../parts/parts';
import { View } from '../parts/View';
import { Link, to } from '../shell/router';

export function NotHere() {
  return (
    <View title="Nothing here">
      <Empty title="There is no view at this address.">
        <p><Link href={to()}>Back to the overview</Link></p>
      </Empty>
    </View>
  );
}
