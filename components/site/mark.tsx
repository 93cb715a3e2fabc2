/** The product's sign: a link of two rings. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <rect width="24" height="24" rx="6" fill="var(--brand)" />
      <g fill="none" stroke="var(--on-brand)" strokeWidth="2.2">
        <circle cx="9.4" cy="12" r="4" />
        <circle cx="14.6" cy="12" r="4" />
      </g>
    </svg>
  );
}
