import { useCallback, useEffect, useState } from 'preact/hooks';

/** What an answer of RFC 9457 says went wrong. */
export class Refusal extends Error {
  constructor(readonly status: number, readonly title: string, readonly detail: string, readonly faults: string[] = []) {
    super(detail || title);
  }
}

export type Loaded<T> =
  | { state: 'loading' }
  | { state: 'failed'; refusal: Refusal; again: () => void }
  | { state: 'here'; data: T; again: () => void };

interface Problem {
  title?: string;
  detail?: string;
  errors?: { field?: string; message?: string }[];
}

const KEY = 'segue-key';

/** Keeps a host's key for as long as the tab is open. */
export function setKey(key: string): void {
  sessionStorage.setItem(KEY, key);
}

// A link that brings the key along works, and the key does not stay in the address.
const address = new URL(location.href);
const brought = address.searchParams.get('code');
if (brought) {
  setKey(brought);
  address.searchParams.delete('code');
  history.replaceState(null, '', address);
}

/** One call of the API; throws a Refusal where it says no, or nobody answers. */
export async function call<T>(path: string, init?: RequestInit): Promise<T> {
  return await (await ask(path, init)).json() as T;
}

/** Posts JSON and reads the answer line by line, each a JSON value. */
export async function* lines<T>(path: string, body: unknown, signal: AbortSignal): AsyncGenerator<T> {
  const answer = await ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const parts = (rest + chunk.value).split('\n');
    rest = parts.pop() ?? '';
    yield* parts.map((line) => JSON.parse(line) as T);
  }
}

async function ask(path: string, init?: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    const key = sessionStorage.getItem(KEY);
    answer = await fetch(path, { ...init, headers: { accept: 'application/json', ...(key !== null && { 'x-functions-key': key }), ...init?.headers } });
  } catch (e) {
    if (e instanceof DOMException && e.name === 'AbortError') {
      throw e;
    }
    throw new Refusal(0, 'Segue does not answer', 'Is it still running? Nothing is lost: try again in a moment.');
  }
  if (answer.status === 401) {
    throw new Refusal(401, 'This host wants a key', 'It is among the keys of the Functions app. It stays in this tab and goes nowhere else.');
  }
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({})) as Problem;
    const faults = (problem.errors ?? []).map((e) => [e.field, e.message].filter(Boolean).join(': '));
    throw new Refusal(answer.status, problem.title ?? `The answer was ${answer.status}`, problem.detail ?? '', faults);
  }
  return answer;
}

/** What the API says at a path, loaded when the path changes; null loads nothing. */
export function useApi<T>(path: string | null): Loaded<T> {
  const [turn, setTurn] = useState(0);
  const [loaded, setLoaded] = useState<{ path: string | null; turn: number; result: Loaded<T> }>(
    { path: null, turn: -1, result: { state: 'loading' } });
  const again = useCallback(() => setTurn((t) => t + 1), []);
  useEffect(() => {
    if (path === null) {
      return;
    }
    const ending = new AbortController();
    call<T>(path, { signal: ending.signal }).then(
      (data) => setLoaded({ path, turn, result: { state: 'here', data, again } }),
      (e: unknown) => {
        if (!ending.signal.aborted) {
          const refusal = e instanceof Refusal ? e : new Refusal(0, 'The answer can’t be read', String(e));
          setLoaded({ path, turn, result: { state: 'failed', refusal, again } });
        }
      });
    return () => ending.abort();
  }, [path, turn]);
  return loaded.path === path && loaded.turn === turn ? loaded.result : { state: 'loading' };
}
