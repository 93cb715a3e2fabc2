/** ISO 13616: letters count 10 to 35, the first four characters go last, and the number modulo 97 is 1. */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  const digits = `${text.slice(4)}${text.slice(0, 4)}`.replaceAll(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return BigInt(digits) % 97n === 1n;
}

/** A company's account at a Chinese bank: digits only, of a length that differs from bank to bank; no check digit. */
export function isChineseAccount(text: string): boolean {
  return /^\d{8,30}$/.test(text);
}

/** The twelve digits by which Chinese banks name a branch (联行号). */
export function isBranchNumber(text: string): boolean {
  return /^\d{12}$/.test(text);
}

/** ISO 9362: bank, country, place, and maybe the branch. */
export function isBic(text: string): boolean {
  return /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(text);
}
