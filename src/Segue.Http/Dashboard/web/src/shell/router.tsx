import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Where the dashboard lives; the host serves one page for everything below it. */
export const ROOT = '/dashboard';

/** The address below the root, decoded into its parts: /dashboard/journeys/a%2Fb is ['journeys', 'a/b']. */
export interface Place {
  parts: string[];
  query: URLSearchParams;
}

const listeners = new Set<() => void>();

export function here(): Place {
  const path = location.pathname.startsWith(ROOT) ? location.pathname.slice(ROOT.length) : '';
  return {
    parts: path.split('/').filter(Boolean).map(decode),
    query: new URLSearchParams(location.search),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** An address in the dashboard. */
export function to(...parts: string[]): string {
  return [ROOT, ...parts.map(encodeURIComponent)].join('/');
}

export function go(href: string): void {
  history.pushState(null, '', href);
  scrollTo(0, 0);
  listeners.forEach((tell) => tell());
}

/** The place that the address bar names, as it changes. */
export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const tell = (): void => setPlace(here());
    listeners.add(tell);
    addEventListener('popstate', tell);
    return () => {
      listeners.delete(tell);
      removeEventListener('popstate', tell);
    };
  }, []);
  return place;
}

interface LinkProps {
  href: string;
  class?: string;
  'aria-current'?: 'page' | undefined;
  children: ComponentChildren;
}

/** A link that changes the view without loading the page anew; everything else about it is a link's. */
export function Link({ href, children, ...rest }: LinkProps) {
  const follow = (event: MouseEvent): void => {
    if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      go(href);
    }
  };
  return <a {...rest} href={href} onClick={follow}>{children}</a>;
}
