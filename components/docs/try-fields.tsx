import type { ParameterObject } from "./openapi.ts";
import type { Operation } from "./operations.ts";
import { type Draft, takesIdempotencyKey } from "./request.ts";
import type { DocsTexts } from "./texts.ts";
import styles from "./try.module.css";

interface Props {
  readonly operation: Operation;
  readonly draft: Draft;
  readonly texts: DocsTexts["try"];
  readonly bodyFault: string | undefined;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly onAfresh: () => void;
}

export function TryFields({ operation, draft, texts, bodyFault, onChange, onAfresh }: Props) {
  const lines = draft.body.split("\n").length;
  return (
    <>
      {operation.parameters.map((parameter) => {
        const place = parameter.in;
        if (place !== "path" && place !== "query") return null;
        return (
          <ParameterField
            key={`${place}-${parameter.name}`}
            parameter={parameter}
            any={texts.any}
            value={draft[place][parameter.name] ?? ""}
            onChange={(value) => onChange({ [place]: { ...draft[place], [parameter.name]: value } })}
          />
        );
      })}
      {takesIdempotencyKey(operation) && (
        <div className={styles.field}>
          <label htmlFor="try-idempotency">{texts.idempotencyKey}</label>
          <input
            id="try-idempotency"
            value={draft.idempotencyKey}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            aria-describedby="try-idempotency-hint"
            onChange={(event) => onChange({ idempotencyKey: event.target.value })}
          />
          <p className={styles.hint} id="try-idempotency-hint">
            {texts.idempotencyHint}
          </p>
        </div>
      )}
      {operation.body && (
        <div className={styles.field}>
          <div className={styles.bodyHead}>
            <label htmlFor="try-body">{texts.body}</label>
            <button type="button" className={styles.small} onClick={onAfresh}>
              {texts.afresh}
            </button>
          </div>
          <textarea
            id="try-body"
            rows={Math.min(Math.max(lines + 1, 4), 16)}
            value={draft.body}
            autoCapitalize="none"
            spellCheck={false}
            wrap="off"
            aria-invalid={bodyFault !== undefined}
            aria-describedby="try-body-fault"
            onChange={(event) => onChange({ body: event.target.value })}
          />
          <p className={styles.fault} id="try-body-fault">
            {bodyFault}
          </p>
        </div>
      )}
    </>
  );
}

interface ParameterFieldProps {
  readonly parameter: ParameterObject;
  readonly any: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function ParameterField({ parameter, any, value, onChange }: ParameterFieldProps) {
  const id = `try-${parameter.in}-${parameter.name}`;
  const values = parameter.schema.enum;
  const { default: usual } = parameter.schema;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>
        <code>{parameter.name}</code>
        {parameter.required && <span aria-hidden="true"> *</span>}
      </label>
      {values ? (
        <select
          id={id}
          value={value}
          required={parameter.required ?? false}
          onChange={(event) => onChange(event.target.value)}
        >
          <option value="">{any}</option>
          {values.map((each) => (
            <option key={String(each)}>{String(each)}</option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          value={value}
          placeholder={usual === undefined ? undefined : String(usual)}
          required={parameter.required ?? false}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </div>
  );
}
