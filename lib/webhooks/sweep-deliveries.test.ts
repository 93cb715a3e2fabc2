import { describe, expect, it } from "vitest";
import { sweepDeliveries } from "./sweep-deliveries.ts";
import { deliveryScene, dueByRealClock, onlyDelivery, paidAndDrained } from "./testing/scene.ts";

const scene = deliveryScene();

describe("sweepDeliveries", () => {
  it("queues again what is overdue by two minutes, once in two minutes", async () => {
    const { world, receiver } = scene;
    await paidAndDrained(scene, 3);
    await world.owner`delete from graphile_worker._private_jobs`;
    expect(await sweepDeliveries(world.db, world.clock)).toBe(0);
    world.clock.advance(120_000);
    const counts = await Promise.all([1, 2, 3].map(() => sweepDeliveries(world.db, world.clock)));
    expect(counts.reduce((a, b) => a + b)).toBe(3);
    expect(await sweepDeliveries(world.db, world.clock)).toBe(0);
    expect((await world.jobs()).flatMap((job) => job.payload.deliveryIds.split(","))).toHaveLength(3);
    await world.runDueJobs();
    expect(receiver.received).toHaveLength(3);
  });

  it("brings a delivery to its end whose worker died after the answer and before the commit", async () => {
    const { world, receiver } = scene;
    await paidAndDrained(scene);
    const [job] = await world.jobs();
    await dueByRealClock(scene);
    await world.owner`delete from graphile_worker._private_jobs`;
    const child = world.startChild(["deliver", JSON.stringify(job?.payload)], {
      CRASHPOINT: "during-webhook-delivery",
    });
    expect(await child.ended).toMatchObject({ signal: "SIGKILL" });
    expect(receiver.received).toHaveLength(1);
    expect((await onlyDelivery(scene)).delivery).toMatchObject({ status: "pending", tryCount: 0 });

    expect(await sweepDeliveries(world.db, world.clock)).toBe(1);
    await world.runDueJobs();
    const { delivery, tries } = await onlyDelivery(scene);
    expect(delivery).toMatchObject({ status: "succeeded", tryCount: 1 });
    expect(tries).toHaveLength(1);
    expect(receiver.received).toHaveLength(2);
    expect(receiver.received[1]?.headers["webhook-id"]).toBe(receiver.received[0]?.headers["webhook-id"]);
    expect(receiver.received[1]?.raw).toBe(receiver.received[0]?.raw);
  });

  it("lets a worker that comes back after its claim has run out change nothing", async () => {
    const { world, receiver } = scene;
    const { promise: mayAnswer, resolve: answerFirst } = Promise.withResolvers<void>();
    const { promise: arrived, resolve: onArrived } = Promise.withResolvers<void>();
    receiver.reply = async (_webhook, response) => {
      if (receiver.received.length > 1) return void response.writeHead(200).end();
      onArrived();
      await mayAnswer;
      response.writeHead(500).end();
    };
    await paidAndDrained(scene);
    const slow = world.runDueJobs();
    await arrived;
    world.clock.advance(3 * 60_000 + 1);
    expect(await sweepDeliveries(world.db, world.clock)).toBe(1);
    await world.runDueJobs();
    const settled = await onlyDelivery(scene);
    expect(settled).toMatchObject({ delivery: { status: "succeeded", tryCount: 1 }, tries: [{ number: 1 }] });
    answerFirst();
    await slow;
    expect(await onlyDelivery(scene)).toEqual(settled);
    expect(await world.jobs()).toEqual([]);
  });
});
