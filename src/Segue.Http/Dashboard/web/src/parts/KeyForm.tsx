import { useState } from 'preact/hooks';
import { setKey } from '../api/load';

/** Asks for the function key where the host wants one. It stays in this tab, and goes out with its calls only. */
export function KeyForm({ again }: { again: () => void }) {
  const [text, setText] = useState('');
  const enter = (event: Event): void => {
    event.preventDefault();
    setKey(text.trim());
    again();
  };
  return (
    <form class="row key" onSubmit={enter}>
      <label>
        Function key
        <input type="password" name="key" required value={text} autocomplete="off" onInput={(e) => setText(e.currentTarget.value)} />
      </label>
      <button type="submit">Open</button>
    </form>
  );
}
