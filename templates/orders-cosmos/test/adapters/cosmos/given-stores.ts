import { ChangeFeedOutbox } from "../../../src/adapters/cosmos/change-feed-outbox.ts";
import { doubleContainers } from "../../../src/adapters/cosmos/connect-cosmos.ts";
import { CosmosEventStore } from "../../../src/adapters/cosmos/cosmos-event-store.ts";
import { CosmosProjections } from "../../../src/adapters/cosmos/cosmos-projections.ts";
import { CosmosAccountDouble } from "../../../src/cosmos-double/account.ts";
import type { AccountOptions } from "../../../src/cosmos-double/account-state.ts";
import { VirtualClock } from "../../../src/cosmos-double/clock.ts";
import type { ClientOptions } from "../../../src/cosmos-double/container-client.ts";
import type { OrderEvent } from "../../../src/domain/order/order-events.ts";
import { orderStream } from "../../../src/domain/stream-names.ts";

/** An account, a clock that the test moves, and processes of the application that come and go. */
export function givenStores(options: Omit<AccountOptions, "clock"> = {}) {
  const clock = new VirtualClock();
  const account = new CosmosAccountDouble({ ...options, clock });
  let appends = 0;
  const newId = () => {
    appends += 1;
    return `append-${appends}`;
  };
  const process = (instance: string, client: ClientOptions = {}) => {
    const containers = doubleContainers(account, "orders", account.client(client));
    const { events: monitored, leases, deliveries, views } = containers;
    const store = new CosmosEventStore(monitored, { newId });
    const reading = { instance, monitored, leases, now: () => clock.now(), leaseSeconds: 30 };
    return {
      store,
      outbox: new ChangeFeedOutbox({ ...reading, deliveries }),
      projections: new CosmosProjections({ ...reading, views, store }),
    };
  };
  return { account, clock, process };
}

export const anOrder = orderStream("1");

export const placed: OrderEvent = {
  type: "OrderPlaced",
  orderId: "1",
  customerId: "ann",
  lines: [{ sku: "ticket", quantity: 2, unitPriceCents: 1500 }],
};

export const reserved: OrderEvent = { type: "LineReserved", sku: "ticket", stockStream: "stock-ticket" };

export function received(receipt: number) {
  return { type: "StockReceived", receiptId: `${receipt}`, quantity: 1 } as const;
}
