import type { Platform } from "#lib/testing/platform";
import { currentContract } from "./contract.ts";
import type { Facts } from "./facts.ts";

export const facts = {
  legal_name: "上海灯叶贸易有限公司",
  registration_number: "91350100M000100Y43",
  country: "CN",
  address: "上海市黄浦区南京东路 1 号",
  representative: "林薇",
  owners: [{ name: "林薇", country: "CN", share_percent: 60 }],
  category: "5499",
  website: "https://lantern.example",
  business: "Tea, sold to private customers",
  monthly_volume: 50_000_000,
  volume_currency: "CNY",
  bank_country: "CN",
  bank_holder: "上海灯叶贸易有限公司",
  bank_name: "中国建设银行上海分行",
  bank_account: "31001520313050006819",
  bank_code: "105290036005",
} as const satisfies Facts;

export const pdf = Buffer.from("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n");

type Headers = Readonly<Record<string, string>>;

/** Sends a file for the application, as the dashboard does. */
export async function sendFile(platform: Platform, headers: Headers, name: string, bytes: Buffer) {
  const answer = await fetch(`${platform.origin}/v1/application_files?name=${encodeURIComponent(name)}`, {
    method: "POST",
    headers: { ...headers, origin: platform.origin, "content-type": "application/octet-stream" },
    body: new Uint8Array(bytes),
  });
  return { status: answer.status, body: await answer.json() };
}

/** Fills an application in, signs the contract and sends it. @returns the ids of its documents */
export async function apply(platform: Platform, headers: Headers): Promise<string[]> {
  const ask = (method: string, path: string, body?: unknown) =>
    platform.call(undefined, method, `/v1/application${path}`, body, { ...headers });
  await ask("PATCH", "", facts);
  const files: string[] = [];
  for (const kind of ["registration", "identity", "bank"]) {
    const { body } = await sendFile(platform, headers, `${kind}.pdf`, pdf);
    files.push(body.id);
    await ask("POST", "/documents", { file: body.id, kind });
  }
  const contract = await ask("GET", "/contract");
  await ask("POST", "/contract/sign", { name: "林薇", sha256: contract.body.sha256 });
  const sent = await ask("POST", "/submit");
  if (sent.status !== 200) throw new Error(`not sent: ${JSON.stringify(sent.body)}`);
  return files;
}

interface Place {
  readonly platform: Platform;
  readonly merchantId: string;
  readonly headers: Headers;
}

/** How each writing route of an application is made to write; the draft is opened again before each. */
export function applicationAsks(place: () => Place) {
  const reopen = async () => {
    const { platform, merchantId } = place();
    await platform.owner`update merchants set live_status = 'not_applied' where merchant_id = ${merchantId}`;
  };
  const paper = async (): Promise<string> => {
    await reopen();
    return (await sendFile(place().platform, place().headers, "paper.pdf", pdf)).body.id;
  };
  const root = "/v1/application";
  return {
    "PATCH /v1/application": async () => {
      await reopen();
      return { path: root, body: facts };
    },
    "POST /v1/application_files": async () => {
      await reopen();
      return { path: `${root}_files?name=paper.pdf`, body: pdf.toString() };
    },
    "POST /v1/application/documents": async () => ({
      path: `${root}/documents`,
      body: { file: await paper(), kind: "other" },
    }),
    "DELETE /v1/application/documents/{id}": async () => {
      const file = await paper();
      const { platform, headers } = place();
      await platform.call(undefined, "POST", `${root}/documents`, { file, kind: "other" }, { ...headers });
      return { path: `${root}/documents/${file}` };
    },
    "POST /v1/application/contract/sign": async () => {
      await reopen();
      return { path: `${root}/contract/sign`, body: { name: "Lin Wei", sha256: currentContract().sha256 } };
    },
    "POST /v1/application/submit": async () => {
      await reopen();
      await apply(place().platform, place().headers);
      await reopen();
      return { path: `${root}/submit` };
    },
  };
}
