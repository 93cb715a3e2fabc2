import type { Method } from "./operations.ts";
import styles from "./reference.module.css";

const shortNames: Partial<Record<Method, string>> = { delete: "DEL" };

/** @param isShort where the badges of a list should be of one width */
export function MethodBadge({ method, isShort = false }: { method: Method; isShort?: boolean }) {
  const name = method.toUpperCase();
  return (
    <span className={styles.method} data-method={method}>
      {isShort ? (shortNames[method] ?? name) : name}
    </span>
  );
}
