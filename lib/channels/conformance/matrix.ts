import { currencyCodes, exponentOf } from "#lib/kernel/currency";
import { money, toDecimalString } from "#lib/kernel/money";
import type { Capability, Channel } from "../channel.ts";

export type CaseResult = "passed" | "failed" | "not_applicable";

/** Results by case title and channel name. */
export type Results = ReadonlyMap<string, ReadonlyMap<string, CaseResult>>;

const mark: Record<CaseResult, string> = { passed: "✓", failed: "✗", not_applicable: "–" };

/** The capability matrix as Markdown: what the adapters say of themselves, and what the suite has seen them do. */
export function capabilityMatrix(channels: readonly Channel[], results: Results): string {
  return [
    "# Channel capabilities",
    "",
    "Written by the conformance suite (`lib/channels/conformance`), which runs every adapter against its simulator. To write",
    "it anew: `npx vitest run lib/channels/conformance -u`.",
    "",
    "## Ways to pay",
    "",
    ...table(
      ["channel", "method", "flow", "devices", "shoppers in", "capture", "refunds", "currencies"],
      channels.flatMap((channel) => waysOf(channel)),
    ),
    "",
    "## Amounts",
    "",
    ...table(
      ["channel", "currencies", "from", "to"],
      channels.flatMap((channel) => amountsOf(channel)),
    ),
    "",
    "## Behaviour",
    "",
    "✓ shown by the suite, ✗ not kept, – the provider has no such thing.",
    "",
    ...table(
      ["case", ...channels.map(({ name }) => name)],
      [...results].map(([title, byChannel]) => [
        title,
        ...channels.map(({ name }) => mark[byChannel.get(name) ?? "not_applicable"]),
      ]),
    ),
    "",
  ].join("\n");
}

/** Capabilities that differ only in currency and amount are one way to pay. */
function waysOf(channel: Channel): string[][] {
  const ways = new Map<string, { cells: string[]; currencies: Set<string> }>();
  for (const capability of channel.capabilities) {
    const cells = wayCells(channel, capability);
    const way = ways.get(cells.join("|")) ?? { cells, currencies: new Set() };
    for (const currency of capability.currencies) way.currencies.add(currency);
    ways.set(cells.join("|"), way);
  }
  return [...ways.values()].map(({ cells, currencies }) => [
    ...cells,
    currencyCodes.filter((currency) => currencies.has(currency)).join(" "),
  ]);
}

function wayCells(channel: Channel, capability: Capability): string[] {
  const { devices, walletBrowser, countries, captureMethods, partialRefund, refundWindowDays } = capability;
  return [
    channel.name,
    capability.method,
    capability.flow,
    walletBrowser ? `${devices.join(", ")} (inside ${walletBrowser})` : devices.join(", "),
    countries === "any" ? "any country" : countries.join(" "),
    captureMethods.join(", "),
    `${partialRefund ? "whole or part" : "whole"}, ${refundWindowDays} days`,
  ];
}

function amountsOf(channel: Channel): string[][] {
  const rows = new Map<string, string[]>();
  for (const { currencies, minAmount, maxAmount } of channel.capabilities) {
    for (const currency of currencies) {
      const key = `${minAmount} ${maxAmount} ${exponentOf(currency)}`;
      const [, names = ""] = rows.get(key) ?? [];
      if (names.split(" ").includes(currency)) continue;
      const limits = [minAmount, maxAmount].map((minor) => toDecimalString(money(minor, currency)));
      rows.set(key, [channel.name, `${names} ${currency}`.trim(), ...limits]);
    }
  }
  return [...rows.values()];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
