import type { Buyer, Product, Profile } from "./profile.ts";

const products: readonly Product[] = [
  { name: "茉莉花茶 100g", price: 6_800 },
  { name: "明前龙井 50g", price: 12_800 },
  { name: "桂花乌龙茶包 20 袋", price: 4_900 },
  { name: "陈年普洱小饼 100g", price: 16_800 },
  { name: "手作青瓷茶杯", price: 8_800 },
  { name: "竹编茶盘", price: 13_900 },
  { name: "玻璃煮茶壶 800ml", price: 21_900 },
  { name: "亚麻餐垫（两片）", price: 5_900 },
  { name: "香薰蜡烛 雪松", price: 9_900 },
  { name: "桐木收纳盒", price: 7_600 },
  { name: "羊毛盖毯", price: 32_900 },
  { name: "节气礼盒", price: 26_800 },
];

const buyers: readonly Buyer[] = [
  ["陈思远", "chen.siyuan", "+8613800138001"],
  ["李嘉怡", "li.jiayi", "+8613900139002"],
  ["王雨桐", "wang.yutong", "+8613700137003"],
  ["张浩然", "zhang.haoran", "+8613600136004"],
  ["刘梓萱", "liu.zixuan", "+8613500135005"],
  ["赵明轩", "zhao.mingxuan", "+8615000150006"],
  ["黄晓彤", "huang.xiaotong", "+8615100151007"],
  ["周子涵", "zhou.zihan", "+8615200152008"],
  ["吴佳琪", "wu.jiaqi", "+8618600186009"],
  ["徐文博", "xu.wenbo", "+8618700187010"],
  ["孙若曦", "sun.ruoxi", "+8618800188011"],
  ["欧阳静怡", "ouyang.jingyi", "+8618900189012"],
].map(([name = "", local, phone = ""]) => ({ name, email: `${local}@mail.example`, phone }));

/** A Chinese shop for tea and home: wallets, evenings and weekends, and double eleven. */
export const retail: Profile = {
  name: "retail",
  prefix: "MG",
  ordersPerDay: 16,
  weekdays: [1.5, 0.75, 0.75, 0.8, 0.85, 1.1, 1.6],
  peaks: {
    "09-25": 1.6,
    "10-01": 1.5,
    "10-20": 1.4,
    "11-01": 1.8,
    "11-10": 2.2,
    "11-11": 4.5,
    "11-12": 1.5,
    "12-12": 2.8,
  },
  hours: [1, 0.4, 0.2, 0.1, 0.1, 0.2, 0.6, 1.5, 2.5, 3, 3.5, 4, 5, 4, 3, 3, 3, 3.5, 4, 5.5, 7.5, 8, 6, 3],
  utcOffsetHours: 8,
  lifetimeMinutes: 30,
  declines: { card: { thenPaid: 0.2, forGood: 0.1 }, wallet: { thenPaid: 0.045, forGood: 0.02 } },
  abandoned: 0.07,
  late: 0.004,
  manualCapture: 0,
  refunded: 0.06,
  refundReasons: ["七天无理由退货", "运输途中破损", "缺货，无法发出", "发错商品"],
  markets: [
    {
      weight: 1,
      country: "CN",
      currency: "CNY",
      methods: [
        [52, "wechat_pay"],
        [34, "alipay"],
        [14, "card"],
      ],
      cards: ["pm_card_cn", "pm_card_unionpay"],
      products,
      buyers,
    },
  ],
};
