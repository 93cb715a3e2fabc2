import type { Account, Accounts } from "./accounts.ts";
import { Refusal } from "./answers.ts";
import { parseBeijingTime } from "./beijing.ts";
import { isCharset } from "./charset.ts";
import { type Fields, requestText, rsa2Verify } from "./sign.ts";

function missing(what: string, text: string): Refusal {
  return new Refusal("40001", `isv.missing-${what}`, text);
}

function invalid(what: string, text: string): Refusal {
  return new Refusal("40002", `isv.invalid-${what}`, text);
}

/** @throws Refusal, which can't be signed because no app is known */
export async function requestingApp(accounts: Accounts, fields: Fields): Promise<Account> {
  if (!fields.app_id) throw missing("app-id", "缺少APPID参数");
  const account = await accounts.find(fields.app_id);
  if (!account) throw invalid("app-id", "无效的AppID参数");
  return account;
}

/** Checks the common parameters and the app's signature. @throws Refusal */
export function verifyRequest(account: Account, fields: Fields, charset: string): void {
  if (!fields.version) throw missing("version", "缺少版本参数");
  if (fields.version !== "1.0") throw invalid("version", "无效的版本参数");
  if (fields.format && fields.format.toUpperCase() !== "JSON") throw invalid("format", "无效的数据格式");
  if (fields.charset && !isCharset(fields.charset)) throw invalid("charset", "字符集错误");
  if (!fields.sign_type) throw missing("signature-type", "缺少签名类型参数");
  if (fields.sign_type !== "RSA2") throw invalid("signature-type", "无效签名类型");
  if (!fields.timestamp) throw missing("timestamp", "缺少时间戳参数");
  if (fields.timestamp.length !== 19 || !parseBeijingTime(fields.timestamp))
    throw invalid("timestamp", "非法的时间戳参数");
  if (!fields.sign) throw missing("signature", "缺少签名参数");
  const text = requestText(fields);
  if (rsa2Verify(text, charset, account.appPublicKey, fields.sign)) return;
  const shown = text.replaceAll("&", "&amp;");
  throw invalid(
    "signature",
    `验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为：${shown}`,
  );
}
