/** A public key and two signatures made with `openssl dgst -sha256 -sign`, so that another program's reading is in the test. */
export const vector = {
  fields: {
    version: "1.0",
    timestamp: "2014-07-24 03:07:50",
    app_id: "2014072300007148",
    app_auth_token: "",
    sign_type: "RSA2",
    sign: "left out",
    method: "alipay.trade.precreate",
    charset: "utf-8",
    notify_url: "http://api.test.alipay.net/notify?a=1&b=2",
    biz_content: '{"out_trade_no":"70501111111S001111119","subject":"大乐透 2.1","total_amount":"9.00"}',
  },
  text: 'app_id=2014072300007148&biz_content={"out_trade_no":"70501111111S001111119","subject":"大乐透 2.1","total_amount":"9.00"}&charset=utf-8&method=alipay.trade.precreate&notify_url=http://api.test.alipay.net/notify?a=1&b=2&sign_type=RSA2&timestamp=2014-07-24 03:07:50&version=1.0',
  utf8Signature:
    "Tqpb3Fop7hPAjXn7Cpavn9qiQ4gFUipFx6ABQwsxACDscAa6WLqgjFATlHewygMGt8fNwO0h7Cz0EaqsbboCzgzC6PO/dVmXaTfNpHxS72CnIlBTWlBNwiGNOwtPVVVW9WCmknKPDMoIuLPgpjnkY+aTrhtcVOhm+0u1jSCVUgolE8YXJV5FOy57ht1j6PFcNw3+1kzf8d1yJa0h25jlkozzkVa1zpP1a9FyaqXWZNaM9dUYX0gvtR6M+ugRbmEwFvgG3NMCsIxArjYfF/t3XvVzMe4jLCJ0M2TMnc1Vk4htQhV8wJKXOfq2AH3xnfElUVubaI/IQ01+08uHEgzG3g==",
  gbkSignature:
    "cfBskYmo4fFrwCTzgpTfpaYZxmKPXVgQimt0cwpzaHsV4+zALZnN+2sL9Q/igcJLypevduj+ZPmHvthvvXK6Xhw8+sAT5MyVvbGx2s4tiYLML/m8Br5wg9HT+2iiVcI7F8Oyd+30CSRHke7dM1T2SdiEkE0Z5qOCC5LD3sKHh0qjXw0PNrlb9Lskc+BszRGoU/waNrAQRLpGXpcVqhL1RDvDC+MMmV+qD99AkYS6EqK2WKuC0Ljd1Z5nsNP0Ge9ILIvsPYRfqJlvh1SvmeeNQ9yspJd7nlkGFpbhQoIqo4nMda3T2zj09BaPf1Bj8jkSVQOMXCzX3EA5QKwkarYVsQ==",
  publicKey: `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAriF4Rw0nU225d9XJXp1Y
IY4B2tgIwmeZjnoRAKuR4zJH/hx5+lyc4YYkpYAlZpMOmqSS+yehtrngy0cBYPsx
Jvww5io4waNRihenk8jCffRk6IfeBcIoVW1EKVXnb5lXiBXWmpcsEi6kLDBSFsjS
dm+86pVHrGXuTI9CPv0o8QkNQb2RC0Q6dLne2uuNnIfsPed5bnMz3VJYzIh1xppJ
7tLEIejnavWH4r3nbXRp23evBH1vPBXyx7ow5/lu6Zk6OPRLKd/7ebuYND2HaeX5
sK932DQOOICwacf5bk8536ZGJ8YIpatBP4K0tSZjBdbtAbneKEhaUFBMgYP643I6
JwIDAQAB
-----END PUBLIC KEY-----`,
} as const;
