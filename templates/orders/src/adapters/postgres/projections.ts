import type { DomainEvent } from "../../domain/events.ts";
import { totalCents } from "../../domain/order/order.ts";
import { skuOfStream } from "../../domain/stock/sale-policy.ts";
import { orderOfStream } from "../../domain/stream-names.ts";
import type { OrderSummary, Projections, StockLevel } from "../../ports/projections.ts";
import type { Connection, Database } from "./database.ts";

const projection = "read-models";

interface FeedRow {
  readonly history: number;
  readonly transaction_id: string;
  readonly position: string;
  readonly stream: string;
  readonly event: DomainEvent;
}

/**
 * Read models in PostgreSQL, one row per order and per SKU.
 *
 * Positions are handed out before the commit, so a reader that remembers the last position alone skips an event whose
 * transaction commits later. This one reads only what no running transaction can still join (`transaction_id` below
 * the oldest running one) and remembers transaction and position. Ids of transactions of earlier histories say nothing
 * here, and nobody can join those any more.
 */
export function createProjections(database: Database): Projections {
  return {
    catchUp: (limit) => database.transaction((connection) => catchUp(connection, limit)),
    ordersOfCustomer: async (customerId) => {
      const { rows } = await database.query<OrderSummary>(
        `select order_id as "orderId", customer_id as "customerId", status, total_cents::float8 as "totalCents", reason
         from order_summaries where customer_id = $1 order by order_id`,
        [customerId],
      );
      return rows;
    },
    stockLevel: async (sku) => {
      const { rows } = await database.query<StockLevel>(
        "select sku, received::float8 as received, reserved::float8 as reserved from stock_levels where sku = $1",
        [sku],
      );
      return rows[0];
    },
  };
}

/** Effect and checkpoint in one transaction: each event counts exactly once. The lock lets one replica at a time do it. */
async function catchUp(connection: Connection, limit: number): Promise<number> {
  await connection.query("insert into projection_checkpoints (projection) values ($1) on conflict do nothing", [
    projection,
  ]);
  const { rows } = await connection.query<{ history: number; transaction_id: string; position: string }>(
    `select history, transaction_id::text, position::text from projection_checkpoints where projection = $1
     for update skip locked`,
    [projection],
  );
  const checkpoint = rows[0];
  if (checkpoint === undefined) return 0;
  const feed = await connection.query<FeedRow>(
    `select history, transaction_id::text, position::text, stream, event from events
     where (history, transaction_id, position) > ($1::integer, $2::xid8, $3::bigint)
       and (history < (select max(history) from histories)
            or transaction_id < pg_snapshot_xmin(pg_current_snapshot()))
     order by events.history, events.transaction_id, events.position limit $4`,
    [checkpoint.history, checkpoint.transaction_id, checkpoint.position, limit],
  );
  for (const { stream, event } of feed.rows) await apply(connection, stream, event);
  const last = feed.rows.at(-1);
  if (last !== undefined) {
    await connection.query(
      `update projection_checkpoints set history = $2, transaction_id = $3::xid8, position = $4::bigint
       where projection = $1`,
      [projection, last.history, last.transaction_id, last.position],
    );
  }
  return feed.rows.length;
}

async function apply(connection: Connection, stream: string, event: DomainEvent): Promise<void> {
  switch (event.type) {
    case "OrderPlaced":
      await connection.query(
        "insert into order_summaries (order_id, customer_id, status, total_cents) values ($1, $2, 'open', $3)",
        [event.orderId, event.customerId, totalCents(event.lines)],
      );
      return;
    case "OrderConfirmed":
      return setStatus(connection, stream, "confirmed", null);
    case "OrderFailed":
      return setStatus(connection, stream, "failed", event.reason);
    case "OrderClosed":
      return setStatus(connection, stream, "closed", event.reason);
    case "StockReceived":
      return addStock(connection, stream, event.quantity, 0);
    case "StockReserved":
      return addStock(connection, stream, 0, event.quantity);
    case "StockReleased":
      return addStock(connection, stream, 0, -event.quantity);
    case "LineReserved":
    case "PaymentRequested":
    case "PaymentCharged":
    case "PaymentRefunded":
    case "StockReturned":
    case "StockRefused":
    case "SaleSettled":
      return;
  }
}

async function setStatus(
  connection: Connection,
  stream: string,
  status: OrderSummary["status"],
  reason: string | null,
): Promise<void> {
  await connection.query("update order_summaries set status = $2, reason = $3 where order_id = $1", [
    orderOfStream(stream),
    status,
    reason,
  ]);
}

async function addStock(connection: Connection, stream: string, received: number, reserved: number): Promise<void> {
  await connection.query(
    `insert into stock_levels (sku, received, reserved) values ($1, $2, $3)
     on conflict (sku) do update set received = stock_levels.received + $2, reserved = stock_levels.reserved + $3`,
    [skuOfStream(stream), received, reserved],
  );
}
