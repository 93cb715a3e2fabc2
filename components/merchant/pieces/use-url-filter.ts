"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";

/**
 * A list's filters, kept in the address: a link to a list shows the same list. Another filter begins at the first page.
 * `names` are the filters; `after` is the last row of the page before.
 */
export function useUrlFilter<N extends string>(names: readonly N[]) {
  const search = useSearchParams();
  const path = usePathname();
  const router = useRouter();
  const [trail, setTrail] = useState<readonly string[]>([]);
  const values = Object.fromEntries(names.map((name) => [name, search.get(name) ?? undefined])) as Partial<
    Record<N, string>
  >;
  const after = search.get("after") ?? undefined;

  const go = (changes: Readonly<Record<string, string | undefined>>) => {
    const next = new URLSearchParams(search.toString());
    for (const [name, value] of Object.entries(changes)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    const text = next.toString();
    router.push(text ? `${path}?${text}` : path, { scroll: false });
  };

  return {
    values,
    after,
    isFiltered: names.some((name) => values[name]),
    set(changes: Partial<Record<N, string | undefined>>) {
      setTrail([]);
      go({ ...(changes as Record<string, string | undefined>), after: undefined });
    },
    clear() {
      setTrail([]);
      go(Object.fromEntries([...names, "after"].map((name) => [name, undefined])));
    },
    next(lastId: string) {
      setTrail([...trail, after ?? ""]);
      go({ after: lastId });
    },
    /** To the page that one came from; to the first where that is not known, as after a reload. */
    previous() {
      go({ after: trail.at(-1) || undefined });
      setTrail(trail.slice(0, -1));
    },
  };
}
