/** Why what was billed differs from what is declared. */
export type DifferenceReason =
  | "notDeclared"
  | "notBilled"
  | "unpriced"
  | "hours"
  | "commitment"
  | "spot"
  | "windowsMeter"
  | "price"
  | "egress"
  | "purchase"
  | "tax"
  | "credit"
  | "splitRatio"
  | "priceLevel"
  | "usage"
  | "otherCost"
  | "rounding";

/** The reasons in words, in the order in which they are told. */
export const differenceReasons: { readonly [reason in DifferenceReason]: string } = {
  notDeclared: "billed, not declared",
  notBilled: "declared, not billed",
  unpriced: "declared without a price",
  hours: "other hours",
  commitment: "commitment discount",
  spot: "spot price",
  windowsMeter: "Windows meter or licence",
  price: "other price",
  egress: "data transfer",
  purchase: "commitments billed as purchases",
  tax: "tax",
  credit: "credits, refunds, corrections",
  splitRatio: "other split of CPU and memory",
  priceLevel: "other price of the nodes",
  usage: "other requests or usage",
  otherCost: "other costs than nodes",
  rounding: "rounding to cents",
};

/** Part of a difference; the parts of an item add up to it. Unrounded until a report is made. */
export interface DifferencePart {
  readonly reason: DifferenceReason;
  readonly amount: number;
  readonly text: string;
}
