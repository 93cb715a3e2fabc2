/** What a form field decodes to: nested by brackets, as `payment_method_options[card][capture_method]=manual` is. */
export type FormValue = string | FormValue[] | { [key: string]: FormValue };
export type Form = { [key: string]: FormValue };

const maxFields = 1000;
const maxDepth = 8;

export class BadForm extends Error {}

/**
 * Decodes `a=1&b[c]=2&d[]=3&e[0][f]=4`. An object whose keys are all array indexes becomes an array.
 *
 * @throws BadForm on broken brackets, too many fields or too deep a nesting
 */
export function decodeForm(text: string): Form {
  const root: Form = Object.create(null);
  let fields = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    if (++fields > maxFields) throw new BadForm("too many parameters");
    place(root, pathOf(name), value);
  }
  for (const [key, value] of Object.entries(root)) root[key] = withArrays(value);
  return root;
}

function pathOf(name: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  if (!match?.[1]) throw new BadForm(`malformed parameter name: ${name.slice(0, 100)}`);
  const path = [match[1], ...[...(match[2] ?? "").matchAll(/\[([^\]]*)\]/g)].map((part) => part[1] ?? "")];
  if (path.length > maxDepth) throw new BadForm("parameters nested too deeply");
  return path;
}

function place(root: Form, path: readonly string[], value: string): void {
  let target = root;
  for (const [position, part] of path.entries()) {
    const key = part === "" ? String(Object.keys(target).length) : part;
    if (position === path.length - 1) {
      target[key] = value;
      return;
    }
    const existing = target[key];
    if (typeof existing === "string") throw new BadForm(`parameter ${path[0]} is both a value and a hash`);
    const next: Form = (existing as Form | undefined) ?? Object.create(null);
    target[key] = next;
    target = next;
  }
}

function withArrays(value: FormValue): FormValue {
  if (typeof value === "string" || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withArrays(inner)] as const);
  if (entries.length > 0 && entries.every(([key], position) => key === String(position))) {
    return entries.map(([, inner]) => inner);
  }
  const decoded: Form = Object.create(null);
  for (const [key, inner] of entries) decoded[key] = inner;
  return decoded;
}
