import type { Brand, CardRules } from "../card-rules.ts";
import type { FrameMessages } from "./messages.ts";

export interface FrameConfig {
  readonly publishableKey: string;
  readonly parentOrigin: string;
  /** Relative, so that it stays on the provider's origin wherever that is mounted. */
  readonly tokenUrl: string;
  readonly messages: FrameMessages;
  readonly brandNames: Readonly<Record<Brand, string>>;
}

/**
 * What runs inside the frame. Its text is sent to the browser as it stands, so it must not refer to anything outside of
 * itself; that is why its parts are nested.
 *
 * Spoken with the parent: in `tokenize`; out `ready`, `height`, `change`, `submit` (Enter was pressed), `token`, `error`.
 */
export function cardFrame(config: FrameConfig, rules: CardRules): void {
  type FieldName = "number" | "expiry" | "cvc" | "name";
  const names: readonly FieldName[] = ["number", "expiry", "cvc", "name"];
  const { messages } = config;
  const form = document.querySelector("form") as HTMLFormElement;
  const input = (name: FieldName | "postal") => document.getElementById(name) as HTMLInputElement;
  const brandLabel = document.getElementById("brand") as HTMLElement;
  const announcer = document.getElementById("announcer") as HTMLElement;
  const visited = new Set<FieldName>();
  let busy = false;

  const tell = (message: object) => window.parent.postMessage(message, config.parentOrigin);
  const number = () => rules.digitsOf(input("number").value);
  const brand = () => rules.brandOf(number());
  const expiry = () => {
    const digits = rules.digitsOf(input("expiry").value);
    return {
      month: Number(digits.slice(0, 2)),
      year: 2000 + Number(digits.slice(2, 4)),
      complete: digits.length === 4,
    };
  };

  function faultOf(name: FieldName): string {
    if (name === "number") {
      if (number() === "") return messages.numberMissing;
      return rules.isValidNumber(number()) ? "" : messages.numberInvalid;
    }
    if (name === "expiry") {
      const { month, year, complete } = expiry();
      if (!complete || month < 1 || month > 12) return messages.expiryInvalid;
      return rules.isExpired(month, year, new Date()) ? messages.cardExpired : "";
    }
    if (name === "cvc") {
      const length = rules.cvcLengthOf(brand());
      return rules.digitsOf(input("cvc").value).length === length
        ? ""
        : messages.cvcInvalid.replace("{digits}", String(length));
    }
    return input("name").value.trim() === "" ? messages.nameMissing : "";
  }

  /** Read out by screen readers; seen only when no field shows it already. */
  function announce(message: string, isAtField: boolean): void {
    announcer.className = isAtField ? "unseen" : "error wide";
    announcer.textContent = message;
  }

  function show(name: FieldName, fault: string): void {
    const field = input(name);
    field.setAttribute("aria-invalid", fault === "" ? "false" : "true");
    (document.getElementById(`${name}-error`) as HTMLElement).textContent = fault;
  }

  /** Keeps the caret behind the digit that was just typed, although spaces come and go before it. */
  function reformat(field: HTMLInputElement, format: (digits: string) => string, most: number): void {
    const before = rules.digitsOf(field.value.slice(0, field.selectionStart ?? field.value.length)).length;
    const text = format(rules.digitsOf(field.value).slice(0, most));
    if (text === field.value) return;
    const atEnd = field.selectionStart === field.value.length;
    field.value = text;
    if (atEnd || document.activeElement !== field) return;
    let caret = 0;
    for (let seen = 0; caret < text.length && seen < before; caret++) if (/\d/.test(text.charAt(caret))) seen++;
    field.setSelectionRange(caret, caret);
  }

  function formatExpiry(digits: string): string {
    // A first digit above 1 can only be a month of one digit.
    const padded = /^[2-9]/.test(digits) ? `0${digits}` : digits;
    return padded.length > 2 ? `${padded.slice(0, 2)} / ${padded.slice(2, 4)}` : padded;
  }

  function changed(name: FieldName): void {
    if (name === "number") {
      const lengths = rules.lengthsOf(brand());
      reformat(input("number"), rules.grouped, lengths[lengths.length - 1] ?? 19);
      brandLabel.textContent = config.brandNames[brand()];
      reformat(input("cvc"), (digits) => digits, rules.cvcLengthOf(brand()));
    }
    if (name === "expiry") reformat(input("expiry"), formatExpiry, 4);
    if (name === "cvc") reformat(input("cvc"), (digits) => digits, rules.cvcLengthOf(brand()));
    const fault = faultOf(name);
    if (visited.has(name) || fault === "") show(name, fault);
    tell({ type: "change", complete: names.every((each) => faultOf(each) === ""), brand: brand() });
  }

  function fail(message: string, isAtField: boolean): void {
    announce(message, isAtField);
    tell({ type: "error", message });
  }

  async function tokenize(): Promise<void> {
    if (busy) return;
    announce("", true);
    for (const name of names) {
      visited.add(name);
      show(name, faultOf(name));
    }
    const wrong = names.find((name) => faultOf(name) !== "");
    if (wrong) {
      input(wrong).focus();
      fail(faultOf(wrong), true);
      return;
    }
    busy = true;
    try {
      const body = new URLSearchParams({
        type: "card",
        "card[number]": number(),
        "card[exp_month]": String(expiry().month),
        "card[exp_year]": String(expiry().year),
        "card[cvc]": rules.digitsOf(input("cvc").value),
        "billing_details[name]": input("name").value.trim(),
      });
      const postal = input("postal").value.trim();
      if (postal) body.set("billing_details[address][postal_code]", postal);
      const response = await fetch(config.tokenUrl, {
        method: "POST",
        headers: { authorization: `Bearer ${config.publishableKey}` },
        body,
      });
      const answer = await response.json();
      if (response.ok) tell({ type: "token", token: answer.id, brand: answer.card.brand, last4: answer.card.last4 });
      else refuse(answer.error ?? {});
    } catch {
      fail(messages.unavailable, false);
    } finally {
      busy = false;
    }
  }

  function refuse(error: { decline_code?: string; param?: string }): void {
    const field = ({ number: "number", exp_month: "expiry", exp_year: "expiry", cvc: "cvc" } as const)[
      error.param ?? ""
    ];
    if (error.decline_code === "test_mode_live_card") {
      show("number", messages.notATestCard);
      fail(messages.notATestCard, true);
    } else if (field) {
      const fault = {
        number: messages.numberInvalid,
        expiry: messages.expiryInvalid,
        cvc: faultOf("cvc") || messages.unavailable,
      }[field];
      show(field, fault);
      fail(fault, true);
    } else fail(messages.unavailable, false);
  }

  for (const name of names) {
    input(name).addEventListener("input", () => changed(name));
    input(name).addEventListener("blur", () => {
      // Leaving an untouched field is no mistake yet.
      if (input(name).value === "") return;
      visited.add(name);
      show(name, faultOf(name));
      announce(faultOf(name), true);
    });
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // Whether to pay is the parent's to decide.
    tell({ type: "submit" });
  });
  window.addEventListener("message", (event) => {
    if (event.origin !== config.parentOrigin || event.source !== window.parent) return;
    if (event.data?.type === "tokenize") void tokenize();
  });
  const reportHeight = () =>
    tell({ type: "height", height: Math.ceil(document.documentElement.getBoundingClientRect().height) });
  new ResizeObserver(reportHeight).observe(document.documentElement);
  tell({ type: "ready" });
  reportHeight();
}
