import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appDatabase } from "#db/tenancy";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { composeMail, mailHtml } from "./compose-mail.ts";
import { queueMail } from "./queue-mail.ts";
import { readMailbox } from "./read-mailbox.ts";
import { sendMail } from "./send-mail.ts";
import { catchMail, type MailCatcher } from "./testing.ts";

let platform: Platform;
let server: MailCatcher;
beforeAll(async () => {
  [platform, server] = await Promise.all([startPlatform(), catchMail()]);
});
afterAll(async () => {
  delete process.env.SMTP_URL;
  await server.end();
  await platform.end();
});

const letter = {
  kind: "password_reset",
  to: "mei@shop.example",
  locale: "en",
  values: { name: "Mei", link: "https://pay.example/reset-password/confirm?token=abc" },
} as const;

const waiting = async () => (await platform.owner<{ id: string }[]>`select id from mails`).map((row) => row.id);

describe("mail", () => {
  it("goes to the mail server in text and HTML, and is forgotten once taken", async () => {
    process.env.SMTP_URL = server.url;
    await queueMail(appDatabase(), letter);
    await expect(readMailbox()).rejects.toMatchObject({ code: "route_not_found" });
    await platform.runJobs();
    expect(server.messages).toHaveLength(1);
    expect(server.messages[0]).toMatch(/^To: mei@shop\.example/m);
    expect(server.messages[0]).toMatch(/^Subject: Choose a new password/m);
    expect(server.messages[0]).toContain("text/html");
    expect(await waiting()).toEqual([]);
  });

  it("waits for another try while the server refuses it", async () => {
    process.env.SMTP_URL = server.url;
    server.refuse(true);
    await queueMail(appDatabase(), letter);
    const [mailId = ""] = await waiting();
    await expect(sendMail.run({ mailId })).rejects.toThrow();
    expect(await waiting()).toEqual([mailId]);
    server.refuse(false);
    const before = server.messages.length;
    await sendMail.run({ mailId });
    expect(server.messages).toHaveLength(before + 1);
    await sendMail.run({ mailId });
    expect(server.messages).toHaveLength(before + 1);
  });

  it("is not sent when the transaction that asked for it fails", async () => {
    const failing = appDatabase().transaction(async (db) => {
      await queueMail(db, letter);
      throw new Error("undone");
    });
    await expect(failing).rejects.toThrow("undone");
    expect(await waiting()).toEqual([]);
  });
});

it("shows what strangers typed as text: no header, no markup", () => {
  const values = { inviter: "Eve\r\nBcc: all@shop.example", merchant: "<b>Tea</b>", link: "https://pay.example/i/1" };
  const mail = composeMail("invitation", "en", values);
  expect(mail.subject).toBe("Eve Bcc: all@shop.example invites you to <b>Tea</b>");
  expect(mailHtml(mail.text)).toContain("&lt;b&gt;Tea&lt;/b&gt;");
  expect(mailHtml(mail.text)).toContain('<a href="https://pay.example/i/1">');
});
