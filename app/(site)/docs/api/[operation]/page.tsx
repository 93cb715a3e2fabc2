import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { OperationView } from "#components/docs/operation-view";
import { TryPanel } from "#components/docs/try-panel";
import { env } from "#lib/kernel/env";
import { exampleOf } from "../../../../../components/docs/example.ts";
import type { Operation } from "../../../../../components/docs/operations.ts";
import { hasFields } from "../../../../../components/docs/schema-rows.ts";
import { docsTexts } from "../../../../../components/docs/texts.ts";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { loadReference } from "../read-reference.ts";

interface Props {
  readonly params: Promise<{ operation: string }>;
}

async function find(params: Props["params"]): Promise<Operation | undefined> {
  const { operation: slug } = await params;
  return (await loadReference(await pageLocale())).operations.find((operation) => operation.slug === slug);
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const operation = await find(params);
  return operation ? { title: operation.summary } : {};
}

export default async function OperationPage({ params }: Props) {
  const operation = await find(params);
  if (!operation) notFound();
  const locale = await pageLocale();
  const { schemas } = await loadReference(locale);
  const texts = docsTexts(locale);
  const { body } = operation;
  return (
    <>
      <OperationView operation={operation} schemas={schemas} locale={locale} />
      <TryPanel
        key={operation.slug}
        operation={{ ...operation, answers: [], body: body && hasFields(body.schema, schemas) ? body : undefined }}
        example={body?.isRequired ? exampleOf(body.schema, schemas, "sent") : undefined}
        publicUrl={env.publicUrl}
        locale={locale}
        texts={texts.try}
        copy={{ copy: texts.copy, copied: texts.copied }}
      />
    </>
  );
}
