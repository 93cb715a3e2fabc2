import { z } from "@hono/zod-openapi";
import { declineReasons } from "#lib/channels/channel";
import { NotFound } from "#lib/kernel/errors";
import {
  accountFaults,
  playShopper,
  setAccountFaults,
  setOrderFaults,
  simulatedPayment,
} from "#lib/sandbox/drive-order";
import { type Fault, faultKinds, operations, type SetFault, type SimulatedPayment } from "#lib/simulators/simulator";
import { idParam, jsonBody, listSchema, page, resource, route } from "./route.ts";

/** Test mode only: what the test shopper does, and what the simulated provider is made to do wrong. */
export const testMode = resource();
const tag = "Test mode";

const simulatedSchema = z
  .object({
    object: z.literal("simulated_payment"),
    reference: z.string(),
    provider_reference: z.string(),
    status: z.string(),
    amount: z.number().int(),
    currency: z.string(),
    refunds: z.array(z.object({ reference: z.string(), status: z.string(), amount: z.number().int() })),
    notifications_sent: z.number().int(),
    notifications_due: z.number().int(),
  })
  .openapi("SimulatedPayment", {
    example: {
      object: "simulated_payment",
      reference: "att_7k2m9xqa01kajv5d2f6g8h1jkmnp",
      provider_reference: "4200002026030108310000000001",
      status: "SUCCESS",
      amount: 8800,
      currency: "CNY",
      refunds: [],
      notifications_sent: 0,
      notifications_due: 1,
    },
  });

function simulatedJson(payment: SimulatedPayment) {
  return {
    object: "simulated_payment" as const,
    reference: payment.reference,
    provider_reference: payment.providerReference,
    status: payment.status,
    amount: payment.amount,
    currency: payment.currency,
    refunds: payment.refunds.map((refund) => ({ ...refund })),
    notifications_sent: payment.notificationsSent,
    notifications_due: payment.notificationsDue,
  };
}

const actSchema = z
  .discriminatedUnion("act", [
    z.strictObject({ act: z.literal("pay"), after_ms: z.number().int().min(0).max(600_000).optional() }),
    z.strictObject({ act: z.literal("cancel") }),
    z.strictObject({ act: z.literal("fail"), reason: z.enum(declineReasons).optional() }),
  ])
  .openapi("ShopperAct", { example: { act: "pay" } });

testMode.openapi(
  route({
    method: "post",
    path: "/v1/test/orders/{id}/act",
    tag,
    summary: "The test shopper pays, cancels or fails in the wallet",
    permission: "test:drive",
    request: { params: idParam(), ...jsonBody(actSchema) },
    answer: { status: 200, schema: simulatedSchema, description: "What the provider now knows." },
  }),
  async (c) => {
    const input = c.req.valid("json");
    const act =
      input.act === "pay"
        ? { act: input.act, ...(input.after_ms !== undefined && { afterMs: input.after_ms }) }
        : input.act === "fail"
          ? { act: input.act, ...(input.reason && { reason: input.reason }) }
          : { act: input.act };
    return c.json(simulatedJson(await playShopper(c.var.ctx, c.req.valid("param").id, act)), 200);
  },
);

testMode.openapi(
  route({
    method: "get",
    path: "/v1/test/orders/{id}",
    tag,
    summary: "What the simulated provider knows of the order's last attempt",
    permission: "test:drive",
    problems: [409],
    request: { params: idParam() },
    answer: { status: 200, schema: simulatedSchema, description: "The provider's side." },
  }),
  async (c) => {
    const payment = await simulatedPayment(c.var.ctx, c.req.valid("param").id);
    if (!payment) throw new NotFound("simulated_payment");
    return c.json(simulatedJson(payment), 200);
  },
);

const faultsSchema = z
  .strictObject({
    faults: z
      .array(
        z.strictObject({
          kind: z.enum(faultKinds),
          operation: z.enum(operations).optional(),
          times: z.number().int().min(1).max(1_000).optional(),
          delay_ms: z.number().int().min(0).max(600_000).optional(),
          amount: z.number().int().min(1).optional(),
        }),
      )
      .max(20)
      .openapi({ description: "Replaces the faults set before; an empty list heals the provider." }),
  })
  .openapi("SetFaults", { example: { faults: [{ kind: "lose_notification", times: 1 }] } });

const okSchema = z.object({ object: z.literal("faults"), count: z.number().int() }).openapi("FaultsSet");

function toFaults(input: z.output<typeof faultsSchema>): Fault[] {
  return input.faults.map(
    ({ delay_ms, ...fault }) => ({ ...fault, ...(delay_ms !== undefined && { delayMs: delay_ms }) }) as Fault,
  );
}

testMode.openapi(
  route({
    method: "post",
    path: "/v1/test/orders/{id}/faults",
    tag,
    summary: "Make the provider misbehave for the order's last attempt",
    permission: "test:drive",
    request: { params: idParam(), ...jsonBody(faultsSchema) },
    answer: { status: 200, schema: okSchema, description: "Set." },
  }),
  async (c) => {
    const faults = toFaults(c.req.valid("json"));
    await setOrderFaults(c.var.ctx, c.req.valid("param").id, faults);
    return c.json({ object: "faults" as const, count: faults.length }, 200);
  },
);

testMode.openapi(
  route({
    method: "post",
    path: "/v1/test/channel_accounts/{id}/faults",
    tag,
    summary: "Make the provider misbehave for one channel account",
    permission: "test:drive",
    request: { params: idParam(), ...jsonBody(faultsSchema) },
    answer: { status: 200, schema: okSchema, description: "Set." },
  }),
  async (c) => {
    const faults = toFaults(c.req.valid("json"));
    await setAccountFaults(c.var.ctx, c.req.valid("param").id, faults);
    return c.json({ object: "faults" as const, count: faults.length }, 200);
  },
);

const setFaultSchema = z
  .object({
    object: z.literal("fault"),
    kind: z.enum(faultKinds),
    operation: z.enum(operations),
    reference: z.string().nullable().openapi({ description: "The attempt or refund that it is for; null for all." }),
    remaining: z.number().int().nullable().openapi({ description: "Uses left; null when it lasts." }),
    delay_ms: z.number().int().nullable(),
    amount: z.number().int().nullable(),
  })
  .openapi("Fault", {
    example: {
      object: "fault",
      kind: "lose_notification",
      operation: "any",
      reference: null,
      remaining: 1,
      delay_ms: null,
      amount: null,
    },
  });

function setFaultJson(fault: SetFault) {
  return {
    object: "fault" as const,
    kind: fault.kind,
    operation: fault.operation ?? ("any" as const),
    reference: fault.reference ?? null,
    remaining: fault.remaining,
    delay_ms: fault.delayMs ?? null,
    amount: fault.amount ?? null,
  };
}

testMode.openapi(
  route({
    method: "get",
    path: "/v1/test/channel_accounts/{id}/faults",
    tag,
    summary: "List the faults that are set on a channel account and not used up",
    permission: "test:drive",
    request: { params: idParam() },
    answer: { status: 200, schema: listSchema(setFaultSchema, "FaultList"), description: "All of them." },
  }),
  async (c) => {
    const faults = await accountFaults(c.var.ctx, c.req.valid("param").id);
    return c.json(page(faults, faults.length, setFaultJson), 200);
  },
);
