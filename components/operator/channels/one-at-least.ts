import type { FormRule } from "antd";

/** For a group of checkboxes: a `required` would be an attribute that such a group may not carry. */
export function oneAtLeast(message: string): FormRule {
  return {
    validator: (_, chosen?: readonly string[]) =>
      chosen?.length ? Promise.resolve() : Promise.reject(new Error(message)),
  };
}
