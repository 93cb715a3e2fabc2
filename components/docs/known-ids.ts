/** The newest id that the reader has met of each kind of object: `order`, `refund`, `webhook_endpoint` … */
export type KnownIds = Readonly<Record<string, string>>;

/** Fields of bodies, filters and answers that hold the id of another object. */
const referenceFields: Readonly<Record<string, string>> = {
  order: "order",
  attempt: "attempt",
  latest_attempt: "attempt",
  channel_account: "channel_account",
  endpoint: "webhook_endpoint",
  event: "event",
};

const idPattern = /^[a-z]{2,3}_[0-9a-z]{20,}$/;
const maxObjects = 200;

export function objectOfField(field: string): string | undefined {
  return Object.hasOwn(referenceFields, field) ? referenceFields[field] : undefined;
}

/** `{id}` of `/v1/webhook_deliveries/{id}/resend` is a `webhook_delivery`. */
export function objectOfPath(path: string): string | undefined {
  const collection = /([a-z_]+)\/\{id\}/.exec(path)?.[1];
  return collection?.replace(/ies$/, "y").replace(/s$/, "");
}

/**
 * Adds the ids of an answer. What lies further out, and first in a list, is what the reader is most likely to go on
 * with, so it wins.
 */
export function learnIds(known: KnownIds, answer: unknown): KnownIds {
  const met: Record<string, string> = {};
  const note = (object: string, id: unknown) => {
    if (typeof id === "string" && idPattern.test(id)) met[object] ??= id;
  };
  let level: unknown[] = [answer];
  for (let seen = 0; level.length > 0 && seen < maxObjects; seen += level.length) {
    const objects = level.filter((value) => typeof value === "object" && value !== null);
    for (const value of objects) {
      if ("object" in value && typeof value.object === "string" && "id" in value) note(value.object, value.id);
    }
    for (const value of objects) {
      for (const [field, inner] of Object.entries(value)) {
        const object = objectOfField(field);
        if (object) note(object, inner);
      }
    }
    level = objects.flatMap((value) => Object.values(value));
  }
  return { ...known, ...met };
}
