import type { ComponentProps, ReactNode } from "react";

interface Props extends ComponentProps<"input"> {
  readonly name: string;
  readonly label: string;
  readonly error?: string | undefined;
  readonly help?: ReactNode;
}

/** A labelled input; its name is its id too. What is wrong with it stands below, and a screen reader hears it. */
export function Field({ name, label, error, help, ...input }: Props) {
  const described = [error && `${name}-error`, help && `${name}-help`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input
        {...input}
        id={name}
        name={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
      />
      {error && (
        <span className="field-error" id={`${name}-error`}>
          {error}
        </span>
      )}
      {help && (
        <span className="field-help" id={`${name}-help`}>
          {help}
        </span>
      )}
    </div>
  );
}
