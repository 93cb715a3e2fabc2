import { CopyCode } from "#components/site/copy-code";
import type { Locale } from "#lib/kernel/locale";
import { exampleOf } from "./example.ts";
import { FieldList } from "./field-list.tsx";
import { MethodBadge } from "./method-badge.tsx";
import type { Schema, Schemas } from "./openapi.ts";
import { errorsOf } from "./operation-errors.ts";
import { answerOf, type Operation } from "./operations.ts";
import styles from "./reference.module.css";
import { RichText } from "./rich-text.tsx";
import { hasFields, rowOf, shapesOf } from "./schema-rows.ts";
import { type DocsTexts, docsTexts, errorSentences } from "./texts.ts";

const places = [
  { in: "path", title: "pathParameters" },
  { in: "query", title: "queryParameters" },
  { in: "header", title: "headers" },
] as const;

interface Props {
  readonly operation: Operation;
  readonly schemas: Schemas;
  readonly locale: Locale;
}

/** Everything about one operation but the means to send it. */
export function OperationView({ operation, schemas, locale }: Props) {
  const texts = docsTexts(locale).api;
  const { body } = operation;
  return (
    <article className={styles.operation}>
      <header>
        <h1>{operation.summary}</h1>
        <p className={styles.address}>
          <MethodBadge method={operation.method} /> <code>{operation.path}</code>
        </p>
        {operation.description && (
          <p className={styles.description} lang="en">
            <RichText text={operation.description} />
          </p>
        )}
        <p className={styles.permission}>
          {texts.permission} <code>{operation.permission}</code>
        </p>
        <p className={styles.toTry}>
          <a href="#try">{docsTexts(locale).try.title}</a>
        </p>
      </header>
      {places.map((place) => {
        const members = operation.parameters.filter((parameter) => parameter.in === place.in);
        if (members.length === 0) return null;
        return (
          <section key={place.in}>
            <h2>{texts[place.title]}</h2>
            <FieldList
              rows={members.map((each) => rowOf(each.name, each.schema, each.required ?? false, schemas))}
              texts={texts}
            />
          </section>
        );
      })}
      {body && hasFields(body.schema, schemas) && (
        <section>
          <h2>{texts.body}</h2>
          {!body.isRequired && <p className={styles.note}>{texts.bodyOptional}</p>}
          <Shapes schema={body.schema} schemas={schemas} texts={texts} />
        </section>
      )}
      <AnswerSection operation={operation} schemas={schemas} locale={locale} />
      <ErrorSection operation={operation} locale={locale} texts={texts} />
    </article>
  );
}

function Shapes({ schema, schemas, texts }: { schema: Schema; schemas: Schemas; texts: DocsTexts["api"] }) {
  const shapes = shapesOf(schema, schemas);
  return (
    <>
      {shapes.length > 1 && <p className={styles.note}>{texts.oneOf}</p>}
      {shapes.map((shape) => (
        <div key={shape.title ?? ""} className={shape.title === undefined ? undefined : styles.shape}>
          {shape.title && (
            <h3>
              <code>{shape.title}</code>
            </h3>
          )}
          <FieldList rows={shape.rows} texts={texts} />
        </div>
      ))}
    </>
  );
}

function AnswerSection({ operation, schemas, locale }: Props) {
  const { api: texts, copy, copied } = docsTexts(locale);
  const answer = answerOf(operation);
  if (!answer?.schema) return null;
  const example = JSON.stringify(exampleOf(answer.schema, schemas, "answered"), null, 2);
  return (
    <section>
      <h2>
        {texts.answer} <span className={styles.statusCode}>{answer.status}</span>
      </h2>
      <p className={styles.note} lang="en">
        <RichText text={answer.description} />
      </p>
      <CopyCode code={example} label={texts.answerExample} copy={copy} copied={copied} />
      <details className={styles.more}>
        <summary>{texts.answerFields}</summary>
        <Shapes schema={answer.schema} schemas={schemas} texts={texts} />
      </details>
    </section>
  );
}

function ErrorSection({ operation, locale, texts }: { operation: Operation; locale: Locale; texts: DocsTexts["api"] }) {
  const sentences = errorSentences(locale);
  const errors = errorsOf(operation);
  const list = (isOwn: boolean) => (
    <dl className={styles.errors}>
      {errors
        .filter((error) => error.isOwn === isOwn)
        .map((error) => (
          <div key={error.code}>
            <dt>
              <span className={styles.statusCode}>{error.status}</span>
              <a href={`/docs/errors#${error.code}`}>
                <code>{error.code}</code>
              </a>
            </dt>
            <dd>
              <RichText text={sentences[error.code]} />
            </dd>
          </div>
        ))}
    </dl>
  );
  return (
    <section>
      <h2>{texts.errorList}</h2>
      {errors.some((error) => error.isOwn) && list(true)}
      <details className={styles.more}>
        <summary>{texts.commonErrors}</summary>
        {list(false)}
      </details>
    </section>
  );
}
