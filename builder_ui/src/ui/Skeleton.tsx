/** Grey bars in the shape of the coming content: `rows` lines of the row height, so nothing jumps. */
export function Skeleton({ rows = 6, height = 40 }: { rows?: number; height?: number }) {
  return (
    <div className="skeleton" aria-hidden>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} style={{ height }}>
          <i style={{ width: `${28 + ((row * 37) % 40)}%` }} />
          <i style={{ width: `${10 + ((row * 23) % 18)}%` }} />
        </div>
      ))}
    </div>
  );
}
