import type { SharingVerdict } from "../../../src/tenancy/tenancy-report.ts";
import { compareStates, type PairState, pairState } from "./pair-state.ts";

/** A pair in the matrix. */
export interface PairCell {
  /** `one/other` as the address names it, equal for both sides of the diagonal. */
  readonly key: string;
  readonly pair: SharingVerdict;
  readonly state: PairState;
}

export interface PairMatrix {
  /** Tenants with the worst pairs first. */
  readonly tenants: readonly string[];
  /** Tenants that are left out because a matrix of all cannot be read. */
  readonly left: number;
  readonly cellAt: (row: string, column: string) => PairCell | undefined;
  /** Worst first. */
  readonly cells: readonly PairCell[];
}

/** More tenants than can be read side by side. */
const limit = 24;

/** The pairs as a matrix of tenants; `platform` is a column of its own where the report has it. */
export function pairMatrix(pairs: readonly SharingVerdict[], platform: readonly SharingVerdict[]): PairMatrix {
  const cells = [...pairs, ...platform]
    .map((pair) => ({ key: pairKey(...pair.tenants), pair, state: pairState(pair.layers) }))
    .toSorted((left, right) => compareStates(left.state, right.state));
  const byKey = new Map(cells.map((cell) => [cell.key, cell]));
  const names = new Set([
    ...cells.filter(({ pair }) => pairs.includes(pair)).flatMap(({ pair }) => pair.tenants),
    ...platform.map(({ tenants }) => tenants[0]),
  ]);
  const all = [...names];
  return {
    tenants: all.slice(0, limit),
    left: Math.max(0, all.length - limit),
    cellAt: (row, column) => byKey.get(pairKey(row, column)),
    cells,
  };
}

/** Two tenants in the order that the address has. */
function pairKey(one: string, other: string): string {
  return [one, other].sort().join("/");
}
