/** The same numbers for the same seed, so that pictures of the demo look alike from one day to the next. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  happens(probability: number): boolean;
  /** One of them, by weight. */
  pick<T>(choices: readonly (readonly [weight: number, choice: T])[]): T;
  one<T>(choices: readonly T[]): T;
}

/** Mulberry32 over a hash of the text: enough for a demo, and nothing that has to be secret comes from it. */
export function seeded(text: string): Random {
  let state = 2_166_136_261;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16_777_619);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = <T>(choices: readonly (readonly [number, T])[]): T => {
    let rest = next() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, choice] of choices) {
      rest -= weight;
      if (rest < 0) return choice;
    }
    throw new RangeError("nothing to pick from");
  };
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    happens: (probability) => next() < probability,
    pick,
    one: (choices) => pick(choices.map((choice) => [1, choice] as const)),
  };
}
