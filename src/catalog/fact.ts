import type { Reason } from "../estate/figures/figure.ts";

/** A dated value with its source. What no source states is absent, never invented. */
export interface Fact<Value> {
  readonly name: string;
  readonly value: Value;
  readonly unit: string;
  /** Id of the source in the table's `sources`, with its repository or page. */
  readonly source: string;
  /** `YYYY-MM-DD` (or month) of the source. */
  readonly asOf: string;
  /** False: recalled or inferred; faces mark it. */
  readonly verified: boolean;
  readonly note?: string;
}

/** The fact as a reason of a figure. */
export function factReason(fact: Fact<number | string>): Reason {
  return {
    kind: "fact",
    name: fact.name,
    value: fact.value,
    unit: fact.unit,
    source: fact.source,
    asOf: fact.asOf,
    verified: fact.verified,
  };
}
