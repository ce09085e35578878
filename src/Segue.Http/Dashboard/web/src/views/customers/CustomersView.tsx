import { useState } from 'preact/hooks';
import { useApi } from '../../api/load';
import type { Customer } from '../../api/types';
import { Await, Empty, Panel } from '../../parts/parts';
import { View } from '../../parts/View';
import { go, to } from '../../shell/router';
import { CustomerPage } from './CustomerPage';

/** Looks one customer up, by id; one request a customer. */
export function CustomersView({ id }: { id: string | null }) {
  const customer = useApi<Customer>(id === null ? null : `/api/customers/${encodeURIComponent(id)}`);
  const found = customer.state === 'here' ? customer.data : null;
  return (
    <View title={found ? found.name ?? found.id : 'Customers'} lead={found && found.name ? `Customer ${found.id}` : undefined}>
      <LookUp id={id} />
      {id === null
        ? <Empty title="Look somebody up."><p>By the customer id that the shop’s orders carry. Lists of people stand with each journey.</p></Empty>
        : <Await of={customer}>{(c) => <CustomerPage customer={c} now={new Date().toISOString()} />}</Await>}
    </View>
  );
}

function LookUp({ id }: { id: string | null }) {
  const [text, setText] = useState(id ?? '');
  const look = (event: Event): void => {
    event.preventDefault();
    if (text.trim() !== '') {
      go(to('customers', text.trim()));
    }
  };
  return (
    <Panel title="Look up a customer" class="slim">
      <form class="row" onSubmit={look}>
        <label>
          Customer id
          <input name="customer" value={text} autocomplete="off" spellcheck={false} onInput={(e) => setText(e.currentTarget.value)} />
        </label>
        <button type="submit">Look up</button>
      </form>
    </Panel>
  );
}
