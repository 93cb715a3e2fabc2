"use client";

import { type RefObject, useLayoutEffect } from "react";

type Field = HTMLInputElement | HTMLTextAreaElement;

/** Gives React what was typed before it took over, as if it were typed now: otherwise its next drawing empties the field. */
export function useTypedBefore(frame: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const fields = [...(frame.current?.querySelectorAll<Field>("input, textarea") ?? [])];
    const typed = fields
      .filter((field) => field.value !== field.defaultValue)
      .map((field) => ({ field, text: field.value }));
    // React answers to events only after this drawing.
    queueMicrotask(() => {
      for (const { field, text } of typed) type(field, text);
    });
  }, [frame]);
}

function type(field: Field, text: string): void {
  field.value = field.defaultValue;
  // React watches the element's own property, so that it takes no event for news unless the prototype's set the text.
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set?.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
