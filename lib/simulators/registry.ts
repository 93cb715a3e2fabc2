import type { SimulatorDb } from "#db/simulator-client";
import { createAlipaySimulator } from "./alipay/simulator.ts";
import type { Simulator, SimulatorDependencies } from "./simulator.ts";
import { createStripeSimulator } from "./stripe/simulator.ts";
import { createWechatpaySimulator } from "./wechatpay/simulator.ts";

export type CreateSimulator = (dependencies: SimulatorDependencies & { readonly db: SimulatorDb }) => Simulator;

/** By the channel's name. A new simulated provider is a new folder and one more line here. */
export const simulatorCreators: ReadonlyMap<string, CreateSimulator> = new Map([
  ["wechatpay", createWechatpaySimulator],
  ["alipay", createAlipaySimulator],
  ["stripe", createStripeSimulator],
]);
