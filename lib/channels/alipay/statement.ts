import { pipeline } from "node:stream";
import { parse } from "csv-parse";
import { unzipSync } from "fflate";
import iconv from "iconv-lite";
import { AppError } from "#lib/kernel/errors";
import { fromDecimalString } from "#lib/kernel/money";
import type { CallOptions, StatementLine } from "../channel.ts";
import { callHttp } from "../http.ts";
import { type AlipayAccount, callAlipay } from "./client.ts";
import { fromBeijingTime } from "./time.ts";
import { billAddress } from "./wire.ts";

/** Compressed and plain: about two million rows. */
const maxDownloadBytes = 128 * 1024 * 1024;
const maxBillBytes = 512 * 1024 * 1024;

/**
 * One day's trade bill (channels.md §1.7).
 *
 * @throws AppError `statement_failed` when it can't be had or read
 */
export async function* readStatement(
  account: AlipayAccount,
  date: string,
  options: CallOptions,
): AsyncGenerator<StatementLine> {
  const request = {
    method: "alipay.data.dataservice.bill.downloadurl.query",
    bizContent: { bill_type: "trade", bill_date: date },
  } as const;
  const answer = await callAlipay(account, request, options);
  if (answer.kind === "refused" && /bill_not_exist$/i.test(answer.subCode ?? "")) return;
  if (answer.kind !== "ok") throw failed(answer.kind === "refused" ? (answer.subCode ?? answer.code) : answer.cause);

  const bill = billAddress.safeParse(answer.body);
  if (!bill.success) throw failed("answer without a download address");
  const archive = await download(bill.data.bill_download_url, options);
  try {
    yield* parseBill(unpack(archive));
  } catch (error) {
    throw error instanceof AppError ? error : new AppError("channel_error", "statement_failed", { cause: error });
  }
}

function failed(cause: string): AppError {
  return new AppError("channel_error", "statement_failed", { cause: new Error(`alipay: ${cause}`) });
}

/** The address itself is the permission, for 30 seconds. */
async function download(url: string, options: CallOptions): Promise<Buffer> {
  const file = await callHttp({
    method: "GET",
    url,
    headers: { "user-agent": "GlobalPayLink/1.0" },
    timeoutMs: options.timeoutMs,
    maxBytes: maxDownloadBytes,
    requestId: options.requestId,
  });
  if (file.kind !== "answer") throw failed(file.cause);
  if (file.status !== 200) throw failed(`download answered ${file.status}`);
  return file.body;
}

/** The detail's bytes out of the archive, which also holds a summary (汇总), sometimes first. */
export function unpack(archive: Buffer): Uint8Array {
  let found: string | undefined;
  const files = unzipSync(archive, {
    filter: (entry) => {
      if (found !== undefined || !isDetail(entry.name)) return false;
      if (entry.originalSize > maxBillBytes) throw failed("file is larger than allowed when unpacked");
      found = entry.name;
      return true;
    },
  });
  const detail = found === undefined ? undefined : files[found];
  if (!detail) throw failed("archive without a detail file");
  return detail;
}

/** Names are GBK without a mark that says so, which unzipping hands on as one character a byte; some are UTF-8. */
function isDetail(name: string): boolean {
  const decoded = iconv.decode(Buffer.from(name, "latin1"), "gb18030");
  return name.endsWith(".csv") && !decoded.includes("汇总") && !name.includes("汇总");
}

const pieceBytes = 64 * 1024;

/** Decoded piece by piece: as one text a large bill would take twice its size again. */
function* decodedPieces(file: Uint8Array): Generator<string> {
  const decoder = iconv.getDecoder("gb18030");
  for (let start = 0; start < file.length; start += pieceBytes) {
    yield decoder.write(Buffer.from(file.buffer, file.byteOffset + start, Math.min(pieceBytes, file.length - start)));
  }
  yield decoder.end() ?? "";
}

const tailBytes = 4096;

/** Lines with a `#` frame the list; the first without one names its columns. */
export async function* parseBill(file: Uint8Array): AsyncGenerator<StatementLine> {
  if (!iconv.decode(Buffer.from(file.subarray(-tailBytes)), "gb18030").includes("列表结束")) {
    throw failed("bill ends before its last line");
  }
  const parser = parse({
    comment: "#",
    comment_no_infix: true,
    // A product's name may hold a lone quotation mark, which would swallow the rows after it.
    quote: false,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: 100_000,
  });
  let header: readonly string[] | undefined;
  for await (const record of pipeline(decodedPieces(file), parser, () => undefined) as AsyncIterable<string[]>) {
    if (header) yield lineOf(rowOf(header, record));
    else header = readHeader(record);
  }
}

type Row = Readonly<Record<string, string>>;

/** Brackets around the unit are full-width in some exports and half-width in others. */
function readHeader(record: readonly string[]): readonly string[] {
  const names = record.map((name) => name.trim().replaceAll("(", "（").replaceAll(")", "）"));
  if (!names.includes("业务类型") || !names.includes("商家实收（元）")) throw failed("bill without its header line");
  return names;
}

function rowOf(header: readonly string[], record: readonly string[]): Row {
  const cells = realigned(header, record);
  return Object.fromEntries(header.map((name, index) => [name, (cells[index] ?? "").trim()]));
}

/** Commas in a product's name are not escaped, so surplus cells belong to it; dates and amounts then check the guess. */
function realigned(header: readonly string[], record: readonly string[]): readonly string[] {
  const surplus = record.length - header.length;
  const subject = header.indexOf("商品名称");
  if (surplus === 0) return record;
  if (surplus < 0 || subject < 0) throw failed("row with another number of columns than the header");
  const end = subject + surplus + 1;
  return [...record.slice(0, subject), record.slice(subject, end).join(","), ...record.slice(end)];
}

const kinds: Readonly<Record<string, StatementLine["kind"]>> = { 交易: "payment", 退款: "refund" };

/** The bill's signs are ours: refunds and charged fees are negative. */
function lineOf(row: Row): StatementLine {
  return {
    kind: kinds[row.业务类型 ?? ""] ?? "other",
    reference: row.商户订单号 || undefined,
    refundReference: row["退款批次号/请求号"] || undefined,
    providerReference: row.支付宝交易号 ?? "",
    amount: fromDecimalString(row["商家实收（元）"] ?? "", "CNY"),
    fee: fromDecimalString(row["服务费（元）"] || "0", "CNY").minor,
    at: fromBeijingTime(row.完成时间 || row.创建时间 || ""),
    raw: row,
  };
}
