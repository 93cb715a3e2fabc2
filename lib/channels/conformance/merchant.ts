import { newId, newMerchantId } from "#lib/kernel/ids";
import { type Money, money } from "#lib/kernel/money";
import type { Fault, ShopperAct, SimulatedPayment, Simulator } from "#lib/simulators/simulator";
import type {
  CallOptions,
  CaptureOutcome,
  Channel,
  ChannelAccount,
  ChannelNotification,
  CloseOutcome,
  PayOutcome,
  PayRequest,
  QueryOutcome,
  RefundOutcome,
  RefundRequest,
  StatementLine,
} from "../channel.ts";
import { channelNamed } from "../registry.ts";
import type { Subject, Way } from "./subjects.ts";
import { type Received, readOrRefuse, type World } from "./world.ts";

/** A payment that was asked for, and what came back at once. */
export interface Asked {
  readonly request: PayRequest;
  readonly outcome: PayOutcome;
}

const patientMs = 5_000;
/** For calls that are meant to get no answer. */
const impatientMs = 700;
const maxRounds = 20;

/** A merchant with a fresh account at the simulated provider, who speaks to it through the adapter and nothing else. */
export class Merchant {
  readonly subject: Subject;
  readonly world: World;
  readonly channel: Channel;
  readonly simulator: Simulator;
  readonly account: ChannelAccount<Record<string, string>>;
  readonly received: Received[] = [];
  readonly #merchantId = newMerchantId();
  readonly #notifyUrl: string;

  private constructor(world: World, subject: Subject, simulator: Simulator, credentials: Record<string, string>) {
    this.world = world;
    this.subject = subject;
    this.simulator = simulator;
    this.channel = channelNamed(subject.channel);
    const baseUrl = `${world.origin}${subject.path}`;
    this.account = { id: this.newId("channelAccount"), livemode: false, credentials, baseUrl, browserUrl: baseUrl };
    this.#notifyUrl = world.listen(this.account.id, async (raw) => {
      const received = await readOrRefuse(raw, (one) =>
        this.channel.readNotification(this.account, one, { now: world.clock.now() }),
      );
      this.received.push(received);
      return this.channel.acknowledge(received.refused === undefined);
    });
  }

  /** Starts clean: no fault set, nothing due from an earlier case. */
  static async open(world: World, subject: Subject, sharesAccount = subject.sharesAccount): Promise<Merchant> {
    const simulator = world.simulators.get(subject.channel);
    if (!simulator) throw new Error(`no simulator of ${subject.channel}`);
    const credentials =
      (sharesAccount && world.sharedAccounts.get(subject.channel)) ||
      (await simulator.provision({ label: "Tea House" }));
    if (sharesAccount) world.sharedAccounts.set(subject.channel, credentials);
    const merchant = new Merchant(world, subject, simulator, credentials);
    await subject.listen?.(merchant.account, merchant.#notifyUrl);
    await merchant.faults();
    await merchant.settle();
    return merchant;
  }

  newId(kind: "attempt" | "refund" | "order" | "channelAccount"): string {
    return newId(kind, this.#merchantId, this.world.clock.now().getTime());
  }

  amount(minor: bigint): Money {
    return money(minor, this.subject.currency);
  }

  /** The shopper goes one way up to where the provider takes over. */
  async pay(way: Way = this.subject.ways[0], changes: Partial<PayRequest> = {}, patient = true): Promise<Asked> {
    const request = { ...(await this.#request(way)), ...changes };
    const outcome = await this.channel.pay(this.account, request, this.#options(patient));
    const action = outcome.kind === "pending" ? outcome.action : undefined;
    if (way.opensAtProvider && action?.type === "redirect") await openInBrowser(action.url);
    return { request, outcome };
  }

  /** As often as a caller would whose answer was lost: the same request again. */
  async payAgain({ request }: Asked): Promise<PayOutcome> {
    return this.channel.pay(this.account, request, this.#options(true));
  }

  /** Pays to the end: whatever the shopper has to do, the shopper does. */
  async paid(minor = 8800n): Promise<Asked> {
    const asked = await this.pay(undefined, { amount: this.amount(minor) });
    if (asked.outcome.kind === "pending") await this.shopper(asked, { act: "pay" });
    else if (asked.outcome.kind !== "approved") throw new Error(`not paid: ${JSON.stringify(asked.outcome)}`);
    return asked;
  }

  async shopper({ request }: Asked, act: ShopperAct): Promise<SimulatedPayment> {
    return this.simulator.act(this.account.credentials, request.reference, act);
  }

  query(asked: Asked): Promise<QueryOutcome> {
    return this.channel.query(this.account, paymentOf(asked), this.#options(true));
  }

  close(asked: Asked): Promise<CloseOutcome> {
    return this.channel.close(this.account, paymentOf(asked), this.#options(true));
  }

  async capture(asked: Asked, minor: bigint): Promise<CaptureOutcome> {
    if (!this.channel.capture) throw new Error(`${this.channel.name} has no capture`);
    return this.channel.capture(this.account, paymentOf(asked), this.amount(minor), this.#options(true));
  }

  refundOf(asked: Asked, minor: bigint): RefundRequest {
    return {
      ...paymentOf(asked),
      refundReference: this.newId("refund"),
      refundAmount: this.amount(minor),
      reason: "returned",
      notifyUrl: this.#notifyUrl,
    };
  }

  refund(request: RefundRequest, patient = true): Promise<RefundOutcome> {
    return this.channel.refund(this.account, request, this.#options(patient));
  }

  queryRefund(request: RefundRequest): Promise<RefundOutcome> {
    return this.channel.queryRefund(this.account, request, this.#options(true));
  }

  async statement(date: string): Promise<StatementLine[]> {
    const lines: StatementLine[] = [];
    for await (const line of this.channel.statement(this.account, date, this.#options(true))) lines.push(line);
    return lines;
  }

  faults(...faults: Fault[]): Promise<void> {
    return this.simulator.setFaults(this.account.credentials, faults);
  }

  simulated({ reference }: { reference: string }): Promise<SimulatedPayment | undefined> {
    return this.simulator.payment(this.account.credentials, reference);
  }

  /** Lets the provider do what is due now, until nothing is. */
  async settle(): Promise<void> {
    for (let round = 0; round < maxRounds; round++) if ((await this.simulator.runDue()) === 0) return;
    throw new Error(`${this.simulator.name} always has something due`);
  }

  /** The same after some time, moved in steps so that nothing falls due all at once. */
  async settleAfter(ms: number, steps = 1): Promise<void> {
    for (let step = 0; step < steps; step++) {
      this.world.clock.advance(ms / steps);
      await this.settle();
    }
  }

  /** What was verified and read so far. */
  get notifications(): ChannelNotification[] {
    return this.received.flatMap(({ read }) => (read ? [read] : []));
  }

  get paymentNotifications(): Extract<ChannelNotification, { kind: "payment" }>[] {
    return this.notifications.filter((one) => one.kind === "payment");
  }

  get refundNotifications(): Extract<ChannelNotification, { kind: "refund" }>[] {
    return this.notifications.filter((one) => one.kind === "refund");
  }

  async #request(way: Way): Promise<PayRequest> {
    const token = way.card && (await this.subject.tokenize?.(this.account, way.card));
    return {
      reference: this.newId("attempt"),
      orderId: this.newId("order"),
      method: way.method,
      flow: way.flow,
      amount: this.amount(8800n),
      subject: "Oolong tea 乌龙茶",
      captureMethod: "automatic",
      expiresAt: new Date(this.world.clock.now().getTime() + 15 * 60_000),
      notifyUrl: this.#notifyUrl,
      returnUrl: "https://pay.test/pay/back",
      shopper: {
        ip: "203.0.113.7",
        userAgent: "conformance",
        device: way.device,
        locale: "zh-CN",
        ...(way.walletUserId && { walletUserId: way.walletUserId }),
        ...(token && { token }),
      },
    };
  }

  #options(patient: boolean): CallOptions {
    const timeoutMs = patient ? patientMs : impatientMs;
    return { now: this.world.clock.now(), requestId: "conformance", timeoutMs };
  }
}

/** What a caller knows of a payment: the provider's id only if an answer ever named it. */
function paymentOf({ request, outcome }: Asked) {
  const providerReference = "reference" in outcome ? outcome.reference : undefined;
  return {
    reference: request.reference,
    amount: request.amount,
    ...(providerReference && { providerReference }),
  };
}

async function openInBrowser(url: string): Promise<void> {
  const response = await fetch(url, { redirect: "manual" });
  await response.body?.cancel();
  if (response.status >= 400) throw new Error(`the provider's page answered ${response.status}`);
}
