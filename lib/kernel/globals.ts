/**
 * One value a process, whichever copy of a module asks. server.ts and Next's bundle load two copies of lib/ in one
 * process, so a pool, a cache or a bus in module scope would exist twice.
 */
export function processWide<T>(name: string, create: () => T): T {
  const store = globalThis as unknown as Record<symbol, T | undefined>;
  const key = Symbol.for(`globalpaylink.${name}`);
  const existing = store[key];
  if (existing !== undefined) return existing;
  const created = create();
  store[key] = created;
  return created;
}
