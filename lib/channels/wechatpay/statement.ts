import { createHash } from "node:crypto";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";
import { AppError } from "#lib/kernel/errors";
import { Exact, fromDecimalString } from "#lib/kernel/money";
import type { CallOptions, StatementLine } from "../channel.ts";
import { callWechatpay, downloadBill, type WechatpayAccount } from "./client.ts";
import { fromBeijingTime } from "./time.ts";
import { billAnswer } from "./wire.ts";

/** Compressed and plain: about a million and four million rows. */
const maxDownloadBytes = 128 * 1024 * 1024;
const maxBillBytes = 1024 * 1024 * 1024;

/**
 * One day's trade bill (channels.md §2.8), checked against its hash before the first row is given out.
 *
 * @throws AppError `statement_not_ready` while the provider still makes it, `statement_failed` for anything else
 */
export async function* readStatement(
  account: WechatpayAccount,
  date: string,
  options: CallOptions,
): AsyncGenerator<StatementLine> {
  const path = `/v3/bill/tradebill?bill_date=${encodeURIComponent(date)}&bill_type=ALL&tar_type=GZIP`;
  const answer = await callWechatpay(account, { method: "GET", path }, options);
  if (answer.kind === "refused" && codeIs(answer.code, "NO_STATEMENT_EXIST")) return;
  if (answer.kind === "refused" && codeIs(answer.code, "STATEMENT_CREATING"))
    throw new AppError("unavailable", "statement_not_ready");
  if (answer.kind !== "ok") throw failed(answer.kind === "refused" ? answer.code : answer.cause);

  const bill = billAnswer.safeParse(answer.body);
  if (!bill.success) throw failed("answer without a download address");
  const file = await downloadBill(account, bill.data.download_url, { ...options, maxBytes: maxDownloadBytes });
  if (file.kind === "failed") throw failed(file.cause);
  try {
    if (!(await matchesHash(file.bytes, bill.data.hash_value.toLowerCase())))
      throw failed("file does not match its hash");
    yield* parseBill(plainBytes(file.bytes));
  } catch (error) {
    throw error instanceof AppError ? error : new AppError("channel_error", "statement_failed", { cause: error });
  }
}

function codeIs(code: string, wanted: string): boolean {
  return code.replaceAll("_", "").toUpperCase() === wanted.replaceAll("_", "");
}

function failed(cause: string): AppError {
  return new AppError("channel_error", "statement_failed", { cause: new Error(`wechatpay: ${cause}`) });
}

/** The official sample hashes the decompressed file and the documents are silent, so either form will do. */
async function matchesHash(file: Buffer, wanted: string): Promise<boolean> {
  if (createHash("sha1").update(file).digest("hex") === wanted) return true;
  const hash = createHash("sha1");
  for await (const chunk of plainBytes(file)) hash.update(chunk);
  return hash.digest("hex") === wanted;
}

/** Decompressed piece by piece: a bill is held once, and compressed. */
async function* plainBytes(file: Buffer): AsyncGenerator<Buffer> {
  if (file[0] !== 0x1f || file[1] !== 0x8b) {
    yield file;
    return;
  }
  const gunzip = createGunzip();
  gunzip.end(file);
  let size = 0;
  for await (const chunk of gunzip as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBillBytes) throw failed("file is larger than allowed when decompressed");
    yield chunk;
  }
}

/**
 * Values are parted by a comma and a backtick, so a comma inside one is safe. The first line, and a second one that
 * begins the summary, are parted by commas alone and come as one value.
 */
export async function* parseBill(bytes: AsyncIterable<Buffer>): AsyncGenerator<StatementLine> {
  let columns: string[] | undefined;
  const parser = parse({
    bom: true,
    delimiter: ",`",
    columns: (line: string[]) => {
      columns = readHeader(line);
      return columns;
    },
    quote: false,
    relax_column_count_less: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: 100_000,
  });
  let isComplete = false;
  for await (const row of pipeline(bytes, parser, () => undefined) as AsyncIterable<Row>) {
    const [first = ""] = columns ?? [];
    const start = row[first] ?? "";
    if (!start.startsWith("`")) {
      isComplete = start.startsWith("总交易单数");
      break;
    }
    if (Object.keys(row).length !== columns?.length) throw failed("row with fewer columns than the header");
    yield lineOf({ ...row, [first]: start.slice(1) });
  }
  if (!isComplete) throw failed("bill ends before its summary");
}

type Row = Readonly<Record<string, string>>;

function readHeader([line = ""]: readonly string[]): string[] {
  const names = line.split(",").map((name) => name.trim());
  if (!names.includes("交易状态")) throw failed("bill without its header line");
  return names;
}

function lineOf(row: Row): StatementLine {
  const state = row.交易状态;
  const line = {
    reference: row.商户订单号,
    fee: feeOf(row.手续费),
    at: fromBeijingTime(row.退款成功时间 || row.退款申请时间 || row.交易时间 || ""),
    raw: row,
  };
  const transactionId = row.微信订单号 ?? "";
  switch (state) {
    case "SUCCESS":
      return { ...line, kind: "payment", providerReference: transactionId, amount: yuan(row.应结订单金额) };
    case "REFUND":
    // A code payment taken back: the whole of it, in the refund's columns.
    case "REVOKED":
      return {
        ...line,
        // A refund that failed moved nothing.
        kind: row.退款状态 === "FAIL" ? "other" : "refund",
        refundReference: nonEmpty(row.商户退款单号),
        providerReference: nonEmpty(row.微信退款单号) ?? transactionId,
        amount: yuan(row.退款状态 === "FAIL" ? "0" : negative(row.退款金额)),
      };
    default:
      return { ...line, kind: "other", providerReference: transactionId, amount: yuan(row.应结订单金额) };
  }
}

function yuan(text: string | undefined) {
  return fromDecimalString(text || "0", "CNY");
}

function negative(text: string | undefined): string {
  return text?.startsWith("-") ? text : `-${text || "0"}`;
}

/** Rows of payments carry `0` or nothing where the refund's number would be. */
function nonEmpty(text: string | undefined): string | undefined {
  return text && text !== "0" ? text : undefined;
}

/** Positive in the bill is a charge, five decimals; half-up to a fen, which is what the provider books. */
function feeOf(text: string | undefined): bigint {
  const fen = new Exact(text || "0").mul(100).toDecimalPlaces(0, Exact.ROUND_HALF_UP);
  return -BigInt(fen.toFixed(0));
}
