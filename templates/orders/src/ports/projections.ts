export interface OrderSummary {
  readonly orderId: string;
  readonly customerId: string;
  readonly status: "open" | "confirmed" | "failed" | "closed";
  readonly totalCents: number;
  readonly reason: string | null;
}

export interface StockLevel {
  readonly sku: string;
  readonly received: number;
  readonly reserved: number;
}

/** Read models: behind the events by the projector's lag, never ahead. */
export interface Projections {
  readonly ordersOfCustomer: (customerId: string) => Promise<readonly OrderSummary[]>;
  readonly stockLevel: (sku: string) => Promise<StockLevel | undefined>;
  /** Applies committed events that are not applied yet, up to `limit`; returns how many it applied. */
  readonly catchUp: (limit: number) => Promise<number>;
}
