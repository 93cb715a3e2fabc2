import styles from "./reference.module.css";
import { RichText } from "./rich-text.tsx";
import type { Limit, Row } from "./schema-rows.ts";
import { type DocsTexts, fill } from "./texts.ts";

/** Fields with type, limits and meaning; fields of an object within are listed under it with its name before theirs. */
export function FieldList({ rows, texts }: { rows: readonly Row[]; texts: DocsTexts["api"] }) {
  return (
    <dl className={styles.fields}>
      {rows.map((row) => (
        <div key={row.parent + row.name} style={{ paddingInlineStart: row.depth * 16 }}>
          <dt>
            <code>
              <span className={styles.parent}>{row.parent}</span>
              {row.name}
            </code>
            <span className={styles.type}>{row.type}</span>
            {row.isRequired && <span className={styles.required}>{texts.required}</span>}
          </dt>
          <dd>
            {row.description && (
              <p>
                <RichText text={row.description} />
              </p>
            )}
            {(row.limits.length > 0 || row.default !== undefined) && (
              <p className={styles.limits}>
                {row.limits.map((limit) => (
                  <span key={JSON.stringify(limit)}>{limitText(limit, texts.limits)}</span>
                ))}
                {row.default !== undefined && (
                  <span>
                    {texts.default} <code>{row.default}</code>
                  </span>
                )}
              </p>
            )}
            {row.values.length > 0 && (
              <p className={styles.values}>
                <span>{texts.values}</span>
                {row.values.map((value) => (
                  <code key={value}>{value}</code>
                ))}
              </p>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** `1 to 128 characters`, `at least 1`. */
function limitText(limit: Limit, texts: DocsTexts["api"]["limits"]): string {
  if (typeof limit === "string") return limit;
  const { of, least, most } = limit;
  const range = fill(least === undefined ? texts.most : most === undefined ? texts.least : texts.both, {
    least: String(least),
    most: String(most),
  });
  return fill(texts[of], { range });
}
