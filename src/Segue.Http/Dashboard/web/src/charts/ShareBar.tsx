interface Part {
  id: string;
  name: string;
  share: number;
}

/** One bar, parted: how a whole divides. Decoration beside its table. */
export function ShareBar({ parts }: { parts: Part[] }) {
  let from = 0;
  return (
    <svg class="stack" width="100%" height="22" aria-hidden="true" focusable="false">
      {parts.map((p) => {
        const x = from;
        from += p.share;
        return <rect key={p.id} class={`stage-${p.id.replace(/ /g, '-')}`} x={`${x * 100}%`} width={`${p.share * 100}%`} height="22" />;
      })}
    </svg>
  );
}
