import { zipSync } from "fflate";
import iconv from "iconv-lite";
import { beijingDate, beijingTime } from "./beijing.ts";
import type { BillRow } from "./bill-rows.ts";
import { buyer } from "./buyer.ts";
import { yuan } from "./yuan.ts";

export interface Bill {
  readonly sellerId: string;
  readonly from: Date;
  /** Exclusive; the file shows it as the end. */
  readonly to: Date;
  readonly exportedAt: Date;
  readonly rows: readonly BillRow[];
}

const columns =
  "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注";

const summaryColumns =
  "门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）";

/** Fields are not quoted in these files, so what would break a line or a column becomes a space. */
function plain(text: string): string {
  return text.replace(/[,\r\n\t]/g, " ");
}

/** A trailing tab keeps spreadsheets from reading a long number as a float. */
function id(text: string): string {
  return `${plain(text)}\t`;
}

function line(row: BillRow): string {
  const amount = yuan(row.amount);
  return [
    id(row.tradeNo),
    id(row.outTradeNo),
    row.type,
    plain(row.subject),
    beijingTime(row.createdAt),
    beijingTime(row.finishedAt),
    id(row.storeId),
    id(""),
    id(row.operatorId),
    id(row.terminalId),
    id(buyer.billName),
    amount,
    amount,
    ...["0.00", "0.00", "0.00", "0.00", "0.00", "", "0.00\t", "0.00"],
    id(row.outRequestNo),
    yuan(row.fee),
    "0.00",
    plain(row.remark),
  ].join(",");
}

function chineseTime(at: Date): string {
  const [date = "", time = ""] = beijingTime(at).split(" ");
  const [year, month, day] = date.split("-");
  return `${year}年${month}月${day}日 ${time}`;
}

/** The account number of a bill: the seller and a sub-account. */
function accountNumber(sellerId: string): string {
  return `${sellerId}0156`;
}

function totals(rows: readonly BillRow[]) {
  const sum = (of: readonly BillRow[]) => of.reduce((total, row) => total + row.amount, 0n);
  const paid = rows.filter((row) => row.type === "交易");
  const refunded = rows.filter((row) => row.type === "退款");
  return { paid: { count: paid.length, sum: sum(paid) }, refunded: { count: refunded.length, sum: sum(refunded) } };
}

function head(bill: Bill, title: string): string[] {
  return [
    title,
    `#账号：[${accountNumber(bill.sellerId)}]`,
    `#起始日期：[${chineseTime(bill.from)}]   终止日期：[${chineseTime(bill.to)}]`,
  ];
}

function detailFile(bill: Bill): string {
  const { paid, refunded } = totals(bill.rows);
  return [
    ...head(bill, "#支付宝业务明细查询"),
    "#-----------------------------------------业务明细列表----------------------------------------",
    columns,
    ...bill.rows.map(line),
    "#-----------------------------------------业务明细列表结束------------------------------------",
    `#交易合计：${paid.count}笔，商家实收共${yuan(paid.sum)}元，商家优惠共0.00元`,
    `#退款合计：${refunded.count}笔，商家实收退款共${yuan(refunded.sum)}元，商家优惠退款共0.00元`,
    `#导出时间：[${chineseTime(bill.exportedAt)}]`,
    "",
  ].join("\r\n");
}

function summaryFile(bill: Bill): string {
  const { paid, refunded } = totals(bill.rows);
  const gross = paid.sum + refunded.sum;
  const fee = bill.rows.reduce((total, row) => total + row.fee, 0n);
  const amounts = [yuan(gross), yuan(gross), "0.00", "0.00", "0.00", yuan(fee), "0.00", yuan(gross + fee)];
  return [
    ...head(bill, "#支付宝业务汇总查询"),
    "#-----------------------------------------业务汇总列表----------------------------------------",
    summaryColumns,
    ["合计\t", "\t", paid.count, refunded.count, ...amounts].join(","),
    "#-----------------------------------------业务汇总列表结束------------------------------------",
    `#导出时间：[${chineseTime(bill.exportedAt)}]`,
    "",
  ].join("\r\n");
}

/**
 * The zip as the provider makes it: entry names in GBK without the UTF-8 flag, the summary first. The zip library writes
 * UTF-8 names only, so it gets ASCII stand-ins of the same length, which are then overwritten in both headers.
 */
export function billZip(bill: Bill): Uint8Array {
  const stem = `${accountNumber(bill.sellerId)}_${beijingDate(bill.from).replaceAll("-", "")}_业务明细`;
  const files = [
    { name: iconv.encode(`${stem}(汇总).csv`, "gbk"), text: summaryFile(bill) },
    { name: iconv.encode(`${stem}.csv`, "gbk"), text: detailFile(bill) },
  ];
  const standIns = files.map((file, position) => `${position}`.padEnd(file.name.length, "@"));
  const entries = Object.fromEntries(
    files.map((file, position) => [standIns[position], iconv.encode(file.text, "gb18030")]),
  );
  const zip = Buffer.from(zipSync(entries, { mtime: bill.exportedAt, level: 6 }));
  files.forEach((file, position) => {
    const standIn = standIns[position] ?? "";
    for (let at = zip.indexOf(standIn); at >= 0; at = zip.indexOf(standIn, at + 1)) file.name.copy(zip, at);
  });
  return zip;
}
