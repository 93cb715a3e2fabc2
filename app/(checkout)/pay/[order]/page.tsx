import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { formatMinor } from "#components/checkout/amount";
import { OrderSummary } from "#components/checkout/order-summary";
import styles from "#components/checkout/page.module.css";
import { Payment } from "#components/checkout/payment";
import { fill } from "#components/checkout/texts";
import type { CheckoutView } from "#lib/checkout/checkout-view";
import { type CurrencyCode, exponentOf } from "#lib/kernel/currency";
import type { Locale } from "#lib/kernel/locale";
import { translate } from "#lib/messages/translate";
import { askView } from "../../ask-api.ts";
import { languageNames, textsIn } from "../../language.ts";
import { codeDataUrl, codeOf } from "./qr-code.ts";

interface PageProps {
  readonly params: Promise<{ order: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const viewOf = cache(async (order: string) => askView(order, await headers()));
