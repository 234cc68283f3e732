import type { ReachVerdict } from "../../../src/tenancy/reachability/reachability-report.ts";
import type { SymbolName } from "../lenses/look.ts";

/** Colour and symbol of each verdict on a connection. */
export const verdictLook: {
  readonly [verdict in ReachVerdict]: { readonly tone: string; readonly symbol: SymbolName };
} = {
  open: { tone: "gap-2", symbol: "link" },
  limited: { tone: "gap-1", symbol: "link" },
  notEvaluable: { tone: "gap-unknown", symbol: "question" },
  denied: { tone: "gap-0", symbol: "check" },
};

/** More characters of ports than a cell holds. */
const portsInCell = 10;

/** A verdict in a word or two: which ports, where they are few. */
export function verdictWords(verdict: ReachVerdict, ports: string): string {
  switch (verdict) {
    case "open":
      return "open";
    case "limited":
      return ports.length > portsInCell ? "in part" : ports;
    case "notEvaluable":
      return "not known";
    case "denied":
      return "closed";
  }
}
