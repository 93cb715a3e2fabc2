import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { acs3Headers, aliyunSmsAnswer, aliyunSmsConfig, aliyunSmsRequest } from "./aliyun-sms.ts";
import { hintOf } from "./all.ts";
import { dingtalkAnswer, dingtalkRequest } from "./dingtalk.ts";
import { feishuAnswer, feishuRequest } from "./feishu.ts";
import { webhookRequest } from "./webhook.ts";

const now = new Date("2026-03-04T08:30:00.500Z");
const message = {
  title: "Success rate low",
  text: "82 % over 10 minutes",
  severity: "critical",
  data: { value: 0.82 },
};

it("signs for Alibaba Cloud as its own published example does", () => {
  const headers = acs3Headers({
    keyId: "YourAccessKeyId",
    keySecret: "YourAccessKeySecret",
    host: "ecs.cn-shanghai.aliyuncs.com",
    action: "RunInstances",
    version: "2014-05-26",
    query: { ImageId: "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", RegionId: "cn-shanghai" },
    at: new Date("2023-10-26T10:22:32Z"),
    nonce: "3156853299f313e23d1673dc12e1703d",
  });
  expect(headers.authorization).toMatch(/Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0$/);
});

describe("what is sent", () => {
  it("carries DingTalk's signature in the address", () => {
    const secret = "SEC000";
    const { url, body } = dingtalkRequest(
      { url: "https://oapi.dingtalk.com/robot/send?access_token=T", secret },
      message,
      now,
    );
    const timestamp = String(now.getTime());
    const sign = createHmac("sha256", secret).update(`${timestamp}\n${secret}`).digest("base64");
    expect(Object.fromEntries(url.searchParams)).toEqual({ access_token: "T", timestamp, sign });
    expect(url.search).toContain(`sign=${encodeURIComponent(sign)}`);
    expect(JSON.parse(body)).toMatchObject({ msgtype: "markdown", markdown: { title: message.title } });
  });

  it("carries Feishu's signature in the body, in seconds, with the text as the key", () => {
    const { body } = feishuRequest(
      { url: "https://open.feishu.cn/open-apis/bot/v2/hook/x", secret: "s" },
      message,
      now,
    );
    const timestamp = "1772613000";
    const sign = createHmac("sha256", `${timestamp}\ns`).digest("base64");
    expect(JSON.parse(body)).toMatchObject({ timestamp, sign, msg_type: "text" });
  });

  it("verifies with the library of Standard Webhooks", () => {
    const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
    const at = new Date();
    const { headers, body } = webhookRequest({ url: "https://ops.example/alerts", secret }, message, at, "aln_1");
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: "alert", data: { severity: "critical" } });
  });

  it("names numbers, template and variables for a short message", () => {
    const config = aliyunSmsConfig.parse({
      access_key_id: "id",
      access_key_secret: "secret",
      sign_name: "平台告警",
      template_code: "SMS_1",
      phones: "13800000000,13900000000",
    });
    const { url, headers } = aliyunSmsRequest(config, message, now);
    expect(url.origin).toBe("https://dysmsapi.aliyuncs.com");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      PhoneNumbers: "13800000000,13900000000",
      SignName: "平台告警",
      TemplateCode: "SMS_1",
      TemplateParam: '{"title":"Success rate low","severity":"critical"}',
    });
    expect(headers).toMatchObject({ "x-acs-action": "SendSms", "x-acs-date": "2026-03-04T08:30:00Z" });
    expect(hintOf({ kind: "sms", locale: "en", ...config })).toBe("*******0000,*******0000");
  });
});

describe("what is answered", () => {
  it.each([
    ["DingTalk's yes", dingtalkAnswer(200, '{"errcode":0,"errmsg":"ok"}'), undefined],
    ["DingTalk's no comes with status 200", dingtalkAnswer(200, '{"errcode":310000}'), "errcode_310000"],
    ["Feishu's yes", feishuAnswer(200, '{"code":0,"msg":"success"}'), undefined],
    ["Feishu's no", feishuAnswer(200, '{"code":19021}'), "code_19021"],
    ["no JSON", feishuAnswer(200, "<html>"), "code_missing"],
    ["a broken gateway", dingtalkAnswer(502, ""), "http_502"],
    ["the message service's yes", aliyunSmsAnswer(200, '{"Code":"OK"}'), undefined],
    ["its no", aliyunSmsAnswer(200, '{"Code":"isv.BUSINESS_LIMIT_CONTROL"}'), "code_isv.BUSINESS_LIMIT_CONTROL"],
  ])("%s", (_label, read, expected) => {
    expect(read).toBe(expected);
  });
});
