import type { Locale } from "#lib/kernel/locale";
import { type EventType, eventTypeDescriptions, eventTypes } from "#lib/webhooks/event-types";

const traditional: Record<EventType, string> = {
  "order.created": "訂單已建立。",
  "order.authorized": "付款人的銀行已預留該金額，請款後才會入帳。",
  "order.paid": "訂單已付款。",
  "order.closed": "訂單已關閉，無法再付款。",
  "order.expired": "訂單逾時未付款。",
  "order.late_payment": "訂單關閉或過期之後才收到款項。",
  "order.surplus_payment": "已付款的訂單又收到一筆款項。",
  "order.amount_mismatch": "通路回報的金額或幣別與訂單不一致。",
  "attempt.failed": "一次付款嘗試失敗。",
  "refund.created": "退款已受理，正在處理。",
  "refund.succeeded": "退款成功。",
  "refund.failed": "退款失敗，資金已退回餘額。",
  "refund.amount_mismatch": "通路回報的退款金額或幣別不一致，未記帳，正在重新查詢。",
  "webhook_endpoint.disabled": "接收位址因持續失敗或回傳 410 而被停用。",
  "privacy_request.finished": "購物者個人資料的匯出或刪除已完成，或未能完成。",
  "webhook.test": "測試事件，僅在請求時傳送至指定的接收位址。",
};

/** Every event type with its meaning in the reader's language. */
export function eventWords(locale: Locale): { type: EventType; meaning: string }[] {
  return eventTypes.map((type) => ({
    type,
    meaning: locale === "zh-TW" ? traditional[type] : eventTypeDescriptions[type][locale],
  }));
}
