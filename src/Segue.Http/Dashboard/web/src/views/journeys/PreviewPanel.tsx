import { useState } from 'preact/hooks';
import { useApi } from '../../api/load';
import type { JourneyDetail, MailPreview } from '../../api/types';
import { Await, Panel } from '../../parts/parts';

/** A step's mail as a customer would get it now. Nothing is asked for before somebody wants to see one. */
export function PreviewPanel({ journey: j }: { journey: JourneyDetail }) {
  const mails = j.steps.filter((s) => s.email !== null);
  const [step, setStep] = useState(mails[0]?.id ?? '');
  const [customer, setCustomer] = useState(j.people[0]?.customerId ?? '');
  const [shown, setShown] = useState<string | null>(null);
  const show = (event: Event): void => {
    event.preventDefault();
    setShown(`/api/journeys/${encodeURIComponent(j.id)}/steps/${encodeURIComponent(step)}/preview?customer=${encodeURIComponent(customer.trim())}`);
  };
  return mails.length === 0 ? null : (
    <Panel title="Look at a mail" note="as a customer would get it now; nothing is sent">
      <form class="row" onSubmit={show}>
        <label>
          Mail
          <select name="step" value={step} onChange={(e) => setStep(e.currentTarget.value)}>
            {mails.map((s) => <option key={s.id} value={s.id}>{s.email} (step {s.id})</option>)}
          </select>
        </label>
        <label>
          Customer id
          <input name="customer" required value={customer} autocomplete="off" spellcheck={false} onInput={(e) => setCustomer(e.currentTarget.value)} />
        </label>
        <button type="submit">Preview</button>
      </form>
      {shown !== null && <Mail address={shown} />}
    </Panel>
  );
}

function Mail({ address }: { address: string }) {
  const mail = useApi<MailPreview>(address);
  return (
    <Await of={mail}>
      {(m) => (
        <>
          <dl class="facts"><div><dt>Subject</dt><dd>{m.subject}</dd></div><div><dt>To</dt><dd>{m.to}</dd></div></dl>
          <iframe class="mail" title={`The mail “${m.subject}”`} src={`${address}&format=html`} sandbox="" />
        </>
      )}
    </Await>
  );
}
