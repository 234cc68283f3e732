import { type LoadStrategy, loadStrategies } from "../../../src/operations/simulation/simulate-load-report.ts";

/** How a strategy is named and drawn. */
interface StrategyLook {
  readonly label: string;
  /** A colour of the page, so that both themes hold. */
  readonly colour: string;
  /** Lengths of dashes and gaps: lines are told apart without colour, and equal ones show through. */
  readonly dash: readonly number[];
  readonly hint: string;
}

export const strategyLooks: { readonly [strategy in LoadStrategy]: StrategyLook } = {
  reactive: { label: "As declared", colour: "var(--tenant-0)", dash: [], hint: "Autoscalers as declared" },
  prescaled: { label: "Pre-scaled", colour: "var(--tenant-1)", dash: [9, 5], hint: "A calendar ahead of known peaks" },
  "scale-to-zero": { label: "To zero", colour: "var(--tenant-2)", dash: [3, 4], hint: "KEDA, down to no replica" },
  "off-hours": { label: "Off-hours", colour: "var(--tenant-4)", dash: [14, 4], hint: "Stopped outside hours" },
  serverless: { label: "Container Apps", colour: "var(--tenant-3)", dash: [9, 3, 2, 3], hint: "Leaves the cluster" },
  functions: { label: "Functions", colour: "var(--tenant-5)", dash: [2, 2], hint: "Functions Flex Consumption" },
  fixed: { label: "Fixed", colour: "var(--tenant-6)", dash: [14, 3, 3, 3, 3, 3], hint: "Replicas for the peak" },
};

/** Strategies as the address has them; undefined when it names none that is known. */
export function readStrategies(text: string | undefined): readonly LoadStrategy[] | undefined {
  const names = (text ?? "").split(",");
  const known = loadStrategies.filter((strategy) => names.includes(strategy));
  return known.length === 0 ? undefined : known;
}

/** The strategies with one more or less, as the address writes them; the last one stays. */
export function toggleStrategy(chosen: readonly LoadStrategy[], strategy: LoadStrategy): string {
  const next = loadStrategies.filter((each) => chosen.includes(each) !== (each === strategy));
  return (next.length === 0 ? chosen : next).join(",");
}
