import type { CurrencyCode } from "#lib/kernel/currency";
import type { Buyer, Market, Product, Profile } from "./profile.ts";

/** In US cents; other currencies by a round rate of their own, as shops set prices. */
const goods: readonly Product[] = [
  { name: "Trail Runner 2 shoes", price: 12_900 },
  { name: "Ridge 24 L daypack", price: 8_900 },
  { name: "Merino base layer", price: 6_450 },
  { name: "Packable rain shell", price: 14_900 },
  { name: "Titanium camp mug", price: 3_200 },
  { name: "Trekking poles (pair)", price: 9_750 },
  { name: "Down sleeping bag −5 °C", price: 24_900 },
  { name: "Two-person tent", price: 31_900 },
  { name: "Headlamp 400 lm", price: 4_450 },
  { name: "Insulated bottle 750 ml", price: 3_450 },
];

function priced(rate: number, step: number): readonly Product[] {
  return goods.map(({ name, price }) => ({ name, price: Math.max(step, Math.round((price * rate) / step) * step) }));
}

function people(...names: readonly string[]): readonly Buyer[] {
  return names.map((name) => {
    const local = name
      .normalize("NFD")
      .replaceAll(/[^A-Za-z ]/g, "")
      .toLowerCase()
      .replaceAll(" ", ".");
    return { name, email: `${local}@mail.example` };
  });
}

function market(
  weight: number,
  country: string,
  currency: CurrencyCode,
  prices: readonly Product[],
  cards: readonly string[],
  buyers: readonly Buyer[],
): Market {
  return { weight, country, currency, methods: [[1, "card"]], cards, products: prices, buyers };
}

const american = [
  "pm_card_visa",
  "pm_card_visa",
  "pm_card_mastercard",
  "pm_card_visa_debit",
  "pm_card_amex",
  "pm_card_discover",
];
/** European cards ask for the bank's confirmation. */
const european = ["pm_card_threeDSecure2Required", "pm_card_threeDSecure2Required", "pm_card_mastercard_debit"];

/** A Hong Kong shop for outdoor gear that sells to the world: cards in six currencies, wallets from the mainland. */
export const crossBorder: Profile = {
  name: "cross_border",
  prefix: "NO",
  ordersPerDay: 13,
  weekdays: [1.15, 0.95, 0.9, 0.9, 0.95, 1.05, 1.15],
  peaks: { "09-07": 1.5, "11-11": 1.8, "11-26": 1.8, "11-27": 3.2, "11-28": 2.2, "11-30": 2.4 },
  hours: [5, 5, 4.5, 4, 3, 2.5, 2, 2, 2.5, 3, 3, 3, 3, 3, 3.5, 4, 4, 4.5, 4.5, 5, 5, 5.5, 6, 5.5],
  utcOffsetHours: 8,
  lifetimeMinutes: 60,
  declines: { card: { thenPaid: 0.06, forGood: 0.03 }, wallet: { thenPaid: 0.03, forGood: 0.01 } },
  abandoned: 0.06,
  late: 0.003,
  manualCapture: 0.12,
  refunded: 0.055,
  refundReasons: ["Wrong size", "Damaged on the way", "Out of stock", "Returned within 30 days"],
  markets: [
    market(
      42,
      "US",
      "USD",
      goods,
      american,
      people("Olivia Parker", "Noah Bennett", "Emma Rodriguez", "Liam O’Connor", "Ava Thompson", "Ethan Brooks"),
    ),
    market(
      20,
      "IE",
      "EUR",
      priced(0.92, 50),
      european,
      people("Aoife Byrne", "Lukas Schneider", "Camille Laurent", "Sofía García", "Matteo Ricci"),
    ),
    market(12, "HK", "HKD", priced(7.8, 100), ["pm_card_hk"], people("Chan Wing Yan", "Wong Ka Ho", "Lee Mei Ling")),
    market(8, "GB", "GBP", priced(0.79, 50), european, people("Harriet Clarke", "Oliver Hughes", "Amelia Shah")),
    market(6, "JP", "JPY", priced(1.5, 10), ["pm_card_jcb"], people("Sato Yui", "Tanaka Haruto")),
    {
      weight: 12,
      country: "CN",
      currency: "CNY",
      methods: [
        [6, "alipay"],
        [4, "wechat_pay"],
      ],
      cards: ["pm_card_cn"],
      products: priced(7.2, 100),
      buyers: people("Lin Xiaoyu", "He Zhiqiang", "Guo Yifan"),
    },
  ],
};
