import type { DataServiceFact } from "../catalog/catalog.ts";
import type { Fact } from "../catalog/fact.ts";
import type { Reason } from "../estate/figures/figure.ts";

/**
 * How far a bound may be relied on. `guaranteed`: the provider answers for it; `design`: it follows from how the service
 * is built; `typical`: published or computed without a promise.
 */
export type BoundStrength = "guaranteed" | "design" | "typical";

/** What a store offers: at most `value` (seconds or milliseconds), nothing at all, or nobody says. */
export type Bound =
  | {
      readonly kind: "within";
      readonly value: number;
      readonly strength: BoundStrength;
      readonly reasons: readonly Reason[];
    }
  | { readonly kind: "never"; readonly why: string; readonly reasons: readonly Reason[] }
  | { readonly kind: "unknown"; readonly missing: string };

export function within(value: number, strength: BoundStrength, reasons: readonly Reason[]): Bound {
  return { kind: "within", value, strength, reasons };
}

export function never(why: string, reasons: readonly Reason[] = []): Bound {
  return { kind: "never", why, reasons };
}

export function unknown(missing: string): Bound {
  return { kind: "unknown", missing };
}

/** A published fact as a reason, with its id, so that it can be found and overridden. */
export function publishedReason({ id, name, value, unit, source, asOf, verified }: DataServiceFact): Reason {
  const text = typeof value === "object" ? JSON.stringify(value) : value;
  return { kind: "fact", name: `${id}: ${name}`, value: text, unit, source, asOf, verified };
}

/** Number of a fact of one number. */
export function numberOf(fact: Fact<unknown> | undefined): number | undefined {
  return typeof fact?.value === "number" ? fact.value : undefined;
}

/** Numbers by name of a fact that is a table; empty where it is not known. */
export function numbersOf(fact: Fact<unknown> | undefined): { readonly [name: string]: number } {
  const value = fact?.value;
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, each]) => typeof each === "number"));
}
