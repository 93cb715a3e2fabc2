"use client";

import { minPasswordLength, type PasswordProblem, passwordProblem, passwordStrength } from "#lib/access/password-rules";
import { Field } from "./field.tsx";

export interface PasswordTexts {
  readonly passwordHelp: string;
  readonly strength: Readonly<Record<"weak" | "fair" | "strong", string>>;
  readonly problems: Readonly<Record<PasswordProblem, string>>;
}

interface Props {
  readonly label: string;
  readonly texts: PasswordTexts;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Words that must not be most of it. */
  readonly personal: readonly string[];
  /** Says what is wrong; before that it only helps. */
  readonly isChecked: boolean;
}

export function problemText(texts: PasswordTexts, problem: PasswordProblem): string {
  return texts.problems[problem].replace("{minimum}", String(minPasswordLength));
}

/** A new password with its strength, by the same rules that the server holds. */
export function PasswordField({ label, texts, value, onChange, personal, isChecked }: Props) {
  const problem = passwordProblem(value, personal);
  const strength = passwordStrength(value, personal);
  return (
    <Field
      name="password"
      label={label}
      type="password"
      autoComplete="new-password"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={isChecked && problem ? problemText(texts, problem) : undefined}
      help={
        value === "" ? (
          !isChecked && texts.passwordHelp.replace("{minimum}", String(minPasswordLength))
        ) : (
          <span className="strength" data-strength={strength} role="status">
            <span className="strength-bar" aria-hidden />
            {texts.strength[strength]}
          </span>
        )
      }
    />
  );
}
