import type { DomainEvent } from "../../domain/events.ts";
import { foldOrder, noOrder, totalCents } from "../../domain/order/order.ts";
import type { OrderEvent } from "../../domain/order/order-events.ts";
import { skuOfStream } from "../../domain/stock/sale-policy.ts";
import type { StockEvent } from "../../domain/stock/stock-events.ts";
import { orderOfStream } from "../../domain/stream-names.ts";
import type { RecordedEvent } from "../../ports/event-store.ts";
import type { OrderSummary, Projections, StockLevel } from "../../ports/projections.ts";
import { ChangeFeedProcessor, type Changes } from "./change-feed-processor.ts";
import type { CosmosEventStore } from "./cosmos-event-store.ts";
import { documentId, type StreamDocument } from "./documents.ts";
import type { LeaseOptions } from "./feed-leases.ts";
import { type Item, type ItemContainer, isCosmosError, type Stored } from "./item-container.ts";

export interface ProjectionOptions extends Omit<LeaseOptions, "processor"> {
  /** Read models; partition key `/owner`. */
  readonly views: ItemContainer;
  readonly store: CosmosEventStore;
  /** Another name, with another container of views, builds the read models anew beside the ones in use. */
  readonly processor?: string;
}

/** A read model of one stream, and the version of the stream that it shows. */
interface View extends Item {
  readonly owner: string;
  readonly stream: string;
  readonly version: number;
}

interface OrderView extends View, OrderSummary {}

/** One pile of stock; under the escrow policy an SKU has several. */
interface StockView extends View, StockLevel {}

/**
 * Read models by the change feed. The feed tells which streams have moved on; each view remembers the version it
 * shows and is written under its etag, so that changes which come twice, or by two instances, are applied once.
 */
export class CosmosProjections implements Projections {
  readonly #options: ProjectionOptions;
  readonly #processor: ChangeFeedProcessor<StreamDocument>;
  #applied = 0;

  constructor(options: ProjectionOptions) {
    this.#options = options;
    this.#processor = new ChangeFeedProcessor({
      ...options,
      processor: options.processor ?? "projections",
      handle: (changes) => this.#handle(changes),
    });
  }

  async catchUp(limit: number): Promise<number> {
    this.#applied = 0;
    while (this.#applied < limit && (await this.#processor.runOnce(limit - this.#applied)) > 0);
    return this.#applied;
  }

  async ordersOfCustomer(customerId: string): Promise<readonly OrderSummary[]> {
    const views = await this.#viewsOf<OrderView>(customerOwner(customerId));
    return views.map(({ orderId, status, totalCents: total, reason }) => ({
      orderId,
      customerId,
      status,
      totalCents: total,
      reason,
    }));
  }

  async stockLevel(sku: string): Promise<StockLevel | undefined> {
    const piles = await this.#viewsOf<StockView>(stockOwner(sku));
    if (piles.length === 0) return undefined;
    const sum = (of: (pile: StockView) => number) => piles.reduce((total, pile) => total + of(pile), 0);
    return { sku, received: sum(({ received }) => received), reserved: sum(({ reserved }) => reserved) };
  }

  /** Gives the ranges back when the process ends. */
  release(): Promise<void> {
    return this.#processor.release();
  }

  async #handle({ items, sessionToken }: Changes<StreamDocument>): Promise<void> {
    const events = items.filter((item) => item.kind === "event");
    for (const [stream, changes] of Map.groupBy(events, (item) => item.stream)) {
      // Bounds the work to what the page announced: the view never gets ahead of what the feed has shown.
      const version = Math.max(...changes.map((change) => change.version));
      const sku = skuOfStream(stream);
      if (orderOfStream(stream) !== undefined) await this.#projectOrder(stream, version, sessionToken);
      else if (sku !== undefined) await this.#projectStock(stream, sku, version, sessionToken);
    }
  }

  /** An order is short, so its view is folded anew from all of its events. */
  async #projectOrder(stream: string, version: number, sessionToken: string): Promise<void> {
    const recorded = await this.#recorded(stream, 1, version, sessionToken);
    const order = foldOrder(noOrder, recorded.map(({ event }) => event).filter(isOrderEvent));
    if (order.status === "none") return;
    const { orderId, customerId, status, reason = null } = order;
    const owner = customerOwner(customerId);
    await this.#write<OrderView>(documentId(stream), owner, (current) => {
      if (current && current.version >= version) return undefined;
      const view = { id: documentId(stream), owner, stream, version, orderId, customerId, status, reason };
      return { view: { ...view, totalCents: totalCents(order.lines) }, applied: version - (current?.version ?? 0) };
    });
  }

  /** A pile of stock has a long stream, so only what is new is read and added. */
  async #projectStock(stream: string, sku: string, version: number, sessionToken: string): Promise<void> {
    const [id, owner] = [documentId(stream), stockOwner(sku)];
    const { item } = await this.#options.views.read<StockView>(id, owner);
    const from = item?.version ?? 0;
    if (from >= version) return;
    const recorded = await this.#recorded(stream, from + 1, version, sessionToken);
    await this.#write<StockView>(id, owner, (current) => {
      if ((current?.version ?? 0) !== from) return undefined;
      const start = { received: current?.received ?? 0, reserved: current?.reserved ?? 0 };
      const level = recorded
        .map(({ event }) => event)
        .filter(isStockEvent)
        .reduce(addStock, start);
      return { view: { id, owner, stream, sku, version, ...level }, applied: version - from };
    });
  }

  async #recorded(stream: string, from: number, to: number, sessionToken: string): Promise<readonly RecordedEvent[]> {
    const recorded = await this.#options.store.readSince(stream, from, sessionToken);
    const wanted = recorded.filter(({ version }) => version <= to);
    // The page comes again: its checkpoint has not moved.
    if (wanted.length !== to - from + 1) throw new Error(`the stream ${stream} is behind its change feed`);
    return wanted;
  }

  /** Written under the etag; when somebody else was faster, decided anew on what they wrote. */
  async #write<V extends View>(
    id: string,
    owner: string,
    next: (current: Stored<V> | undefined) => { readonly view: V; readonly applied: number } | undefined,
  ): Promise<void> {
    const { views } = this.#options;
    for (;;) {
      const { item } = await views.read<V>(id, owner);
      const change = next(item);
      if (change === undefined) return;
      try {
        if (item) await views.replace<V>(change.view, { ifMatch: item._etag });
        else await views.create<V>(change.view);
        this.#applied += change.applied;
        return;
      } catch (error) {
        if (!isCosmosError(error, 409) && !isCosmosError(error, 412)) throw error;
      }
    }
  }

  async #viewsOf<V extends View>(owner: string): Promise<readonly V[]> {
    const views: V[] = [];
    let continuationToken: string | undefined;
    do {
      const page = await this.#options.views.query<V>(
        {
          query: "SELECT * FROM c WHERE c.owner = @owner ORDER BY c.id",
          parameters: [{ name: "@owner", value: owner }],
        },
        { partitionKey: owner, continuationToken },
      );
      views.push(...page.items);
      continuationToken = page.continuationToken;
    } while (continuationToken !== undefined);
    return views;
  }
}

function customerOwner(customerId: string): string {
  return `customer-${customerId}`;
}

function stockOwner(sku: string): string {
  return `stock-${sku}`;
}

function isOrderEvent(event: DomainEvent): event is OrderEvent {
  return !isStockEvent(event);
}

function isStockEvent(event: DomainEvent): event is StockEvent {
  const types: { readonly [Type in StockEvent["type"]]: true } = {
    StockReceived: true,
    StockReserved: true,
    StockRefused: true,
    StockReleased: true,
    SaleSettled: true,
  };
  return Object.hasOwn(types, event.type);
}

function addStock(level: { received: number; reserved: number }, event: StockEvent) {
  switch (event.type) {
    case "StockReceived":
      return { ...level, received: level.received + event.quantity };
    case "StockReserved":
      return { ...level, reserved: level.reserved + event.quantity };
    case "StockReleased":
      return { ...level, reserved: level.reserved - event.quantity };
    case "StockRefused":
    case "SaleSettled":
      return level;
  }
}
