/** Every type of event with what it means, for the documentation and the dashboard. */
export const eventTypeDescriptions = {
  "order.created": { en: "An order was created.", "zh-CN": "订单已创建。" },
  "order.authorized": {
    en: "The shopper's bank has reserved the amount; capture it to be paid.",
    "zh-CN": "付款人的银行已预留该金额，请款后才会入账。",
  },
  "order.paid": { en: "An order was paid.", "zh-CN": "订单已支付。" },
  "order.closed": { en: "An order was closed and can no longer be paid.", "zh-CN": "订单已关闭，不能再支付。" },
  "order.expired": { en: "An order was not paid in time.", "zh-CN": "订单超时未支付。" },
  "order.late_payment": {
    en: "Money arrived for an order that was already closed or had expired.",
    "zh-CN": "订单关闭或过期之后才收到付款。",
  },
  "order.surplus_payment": {
    en: "An order that was already paid was paid once more.",
    "zh-CN": "已支付的订单又收到一笔付款。",
  },
  "order.amount_mismatch": {
    en: "The channel reported another amount or currency than the order's.",
    "zh-CN": "渠道报告的金额或币种与订单不一致。",
  },
  "attempt.failed": { en: "An attempt to pay an order failed.", "zh-CN": "一次支付尝试失败。" },
  "refund.created": { en: "A refund was accepted and is on its way.", "zh-CN": "退款已受理，正在处理。" },
  "refund.succeeded": { en: "A refund reached the shopper.", "zh-CN": "退款成功。" },
  "refund.failed": { en: "A refund failed; its money is back in the balance.", "zh-CN": "退款失败，资金已退回余额。" },
  "refund.amount_mismatch": {
    en: "The channel reported a refund of another amount or currency; nothing was booked, and it is asked again.",
    "zh-CN": "渠道报告的退款金额或币种不一致，未记账，正在重新查询。",
  },
  "webhook_endpoint.disabled": {
    en: "An endpoint was switched off because it failed for too long or answered 410.",
    "zh-CN": "接收地址因持续失败或返回 410 而被停用。",
  },
  "privacy_request.finished": {
    en: "A shopper's data was exported or erased, or that failed.",
    "zh-CN": "购物者个人数据的导出或删除已完成，或未能完成。",
  },
  "webhook.test": {
    en: "A test event, sent on request to one endpoint only.",
    "zh-CN": "测试事件，仅在请求时发送到指定的接收地址。",
  },
} as const satisfies Record<string, { en: string; "zh-CN": string }>;

export type EventType = keyof typeof eventTypeDescriptions;

export const eventTypes = Object.keys(eventTypeDescriptions) as EventType[];

/** What an endpoint may ask for: types, or everything including types that do not exist yet. */
export type EventSelection = EventType | "*";
