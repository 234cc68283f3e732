import { metrics } from "@opentelemetry/api";
import type { Outbox } from "../ports/outbox.ts";

/** Three gauges to alert on: messages that wait, the age of the oldest, messages that nobody tries any more. */
export function measureBacklog(outbox: Outbox): void {
  const meter = metrics.getMeter("orders");
  const waiting = meter.createObservableGauge("outbox.waiting");
  const parked = meter.createObservableGauge("outbox.parked");
  const oldest = meter.createObservableGauge("outbox.oldest.age", { unit: "s" });
  meter.addBatchObservableCallback(
    async (result) => {
      const backlog = await outbox.backlog();
      result.observe(waiting, backlog.waiting);
      result.observe(parked, backlog.parked);
      result.observe(oldest, backlog.oldestSeconds);
    },
    [waiting, parked, oldest],
  );
}
