import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

let first = true;

interface ViewProps {
  title: string;
  lead?: ComponentChildren | undefined;
  aside?: ComponentChildren;
  children: ComponentChildren;
}

/** A view under the page's one main heading, which takes the focus when the view changes, so that a screen reader says so. */
export function View({ title, lead, aside, children }: ViewProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Segue`;
  }, [title]);
  useEffect(() => {
    if (!first) {
      heading.current?.focus({ preventScroll: true });
    }
    first = false;
  }, []);
  return (
    <>
      <div class="title">
        <div>
          <h1 ref={heading} tabIndex={-1}>{title}</h1>
          {lead && <p class="lead">{lead}</p>}
        </div>
        {aside}
      </div>
      {children}
    </>
  );
}
