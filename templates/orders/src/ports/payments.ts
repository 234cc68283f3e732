/** `declined` is an answer of the business; whatever else goes wrong is thrown and tried again. */
export type ChargeResult =
  | { readonly kind: "charged"; readonly chargeId: string }
  | { readonly kind: "declined"; readonly reason: string };

/** The payment provider, idempotent by key. */
export interface Payments {
  /** Charges once per key, however often it is called: a repeated call gets the first answer. */
  readonly charge: (key: string, amountCents: number) => Promise<ChargeResult>;
  /** Gives back what was charged under the key, and voids the key: a charge that arrives later is declined. */
  readonly refund: (key: string) => Promise<void>;
}
