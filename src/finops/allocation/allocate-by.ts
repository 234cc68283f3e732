import { compensatedSum } from "../../estate/figures/money.ts";
import type { BillPart } from "../cost-report.ts";
import { decimalsOf, type Period, perPeriod } from "../period.ts";
import { partOrder } from "./allocate.ts";
import { type AllocationFilter, type AllocationKey, type KeyReader, matchesFilter } from "./allocation-key.ts";
import { roundTogether } from "./round-together.ts";
import type { CostShare } from "./share-charges.ts";
import { type SharingMethod, sharesOf } from "./sharing-method.ts";

export interface AllocationChoice {
  readonly by: AllocationKey;
  readonly shareIdle: SharingMethod;
  readonly sharePlatform: SharingMethod;
  /** What is looked at; what is not matched keeps its share, in a row of its own. */
  readonly filter: AllocationFilter | undefined;
  readonly period: Period;
}

/** One row: what somebody bears, with what is shared out to it. Rounded so that all cells add up to the bill. */
export interface AllocatedCost {
  /** `filteredOut`: all that the filter does not match. */
  readonly part: BillPart | "filteredOut";
  /** Value of the key; undefined where the bearer has none, and for parts that belong to nobody. */
  readonly name: string | undefined;
  readonly own: number;
  readonly idleShare: number;
  readonly platformShare: number;
  readonly total: number;
  /** Of the own cost, by resource of the nodes; the rest is disks, services and fees. Unrounded. */
  readonly resources: { readonly cpu: number; readonly memory: number; readonly gpu: number };
}

/** The parts that `sharePlatform` shares out. */
const platformParts: readonly BillPart[] = ["sharedPlatform", "systemOverhead", "fees"];

interface Cell {
  readonly part: BillPart;
  readonly name: string | undefined;
  readonly kept: boolean;
  readonly shares: CostShare[];
  own: number;
  idleShare: number;
  platformShare: number;
}

/**
 * Groups the shares of a bill by a key. Idle goes to those who run on the same cluster, by resource when weighted: idle
 * memory follows memory. Then shared platform, system overhead and fees go to all, weighted by what each bears by then.
 * The filter comes last and inflates nothing: what it leaves out keeps its part of what is shared. Unused commitments are
 * never shared out.
 */
export function allocateBy(
  shares: readonly CostShare[],
  choice: AllocationChoice,
  read: KeyReader,
): readonly AllocatedCost[] {
  const cells = cellsOf(shares, choice, read);
  if (choice.shareIdle.kind !== "none") distributeIdle(cells, choice.shareIdle);
  if (choice.sharePlatform.kind !== "none") distributePlatform(cells, choice.sharePlatform);
  return roundRows(mergeFiltered([...cells.values()]), shares, choice.period);
}

function cellsOf(shares: readonly CostShare[], { by, filter }: AllocationChoice, read: KeyReader): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const share of shares) {
    const { part } = share.bearer;
    // Parts that belong to nobody are told apart by place only.
    const named = part === "tenant" || by.kind === "cluster" || by.kind === "environment";
    const name = named ? read(share.bearer, by) : undefined;
    const kept = filter === undefined || matchesFilter(share.bearer, filter, read);
    const key = JSON.stringify([part, name ?? null, kept]);
    const cell = cells.get(key) ?? { part, name, kept, shares: [], own: 0, idleShare: 0, platformShare: 0 };
    cell.shares.push(share);
    cells.set(key, cell);
  }
  for (const cell of cells.values()) cell.own = compensatedSum(cell.shares.map(({ amount }) => amount));
  return cells;
}

function distributeIdle(cells: ReadonlyMap<string, Cell>, method: SharingMethod): void {
  const tenants = [...cells.values()].filter(({ part }) => part === "tenant");
  for (const cell of cells.values()) {
    if (cell.part !== "idle") continue;
    const pools = Map.groupBy(cell.shares, ({ bearer, resource }) => `${bearer.cluster ?? ""}\n${resource}`);
    for (const [pool, idle] of pools) {
      const amount = compensatedSum(idle.map((share) => share.amount));
      const weights = tenants.map((tenant) =>
        compensatedSum(
          tenant.shares
            .filter(({ bearer, resource }) => `${bearer.cluster ?? ""}\n${resource}` === pool)
            .map((share) => share.amount),
        ),
      );
      cell.own -= give(tenants, weights, amount, method, "idleShare");
    }
    cell.own = Math.max(0, cell.own);
  }
}

function distributePlatform(cells: ReadonlyMap<string, Cell>, method: SharingMethod): void {
  const tenants = [...cells.values()].filter(({ part }) => part === "tenant");
  const weights = tenants.map(({ own, idleShare }) => own + idleShare);
  for (const cell of cells.values()) {
    if (!platformParts.includes(cell.part)) continue;
    cell.own = Math.max(0, cell.own - give(tenants, weights, cell.own, method, "platformShare"));
  }
}

/**
 * Gives an amount to the names that have a weight; the cells of one name (in and out of the filter) split their part by
 * weight. Returns what was given.
 */
function give(
  cells: readonly Cell[],
  weights: readonly number[],
  amount: number,
  method: SharingMethod,
  field: "idleShare" | "platformShare",
): number {
  const byName = new Map<string, { weight: number; readonly members: { cell: Cell; weight: number }[] }>();
  for (const [index, cell] of cells.entries()) {
    const weight = weights[index] ?? 0;
    if (weight <= 0) continue;
    const name = cell.name ?? "";
    const known = byName.get(name) ?? { weight: 0, members: [] };
    known.weight += weight;
    known.members.push({ cell, weight });
    byName.set(name, known);
  }
  const targets = [...byName].map(([name, { weight }]) => ({ name, weight }));
  const parts = sharesOf(method, targets);
  let given = 0;
  for (const [index, { members, weight }] of [...byName.values()].entries()) {
    for (const member of members) {
      const share = (amount * (parts[index] ?? 0) * member.weight) / weight;
      member.cell[field] += share;
      given += share;
    }
  }
  return given;
}

interface UnroundedRow {
  readonly part: AllocatedCost["part"];
  readonly name: string | undefined;
  readonly amounts: readonly [own: number, idleShare: number, platformShare: number];
  readonly resources: AllocatedCost["resources"];
}

/** Everything that the filter leaves out is one row, and its resources are not told. */
function mergeFiltered(cells: readonly Cell[]): readonly UnroundedRow[] {
  const rows: UnroundedRow[] = cells
    .filter(({ kept }) => kept)
    .map((cell) => ({
      part: cell.part,
      name: cell.name,
      amounts: [cell.own, cell.idleShare, cell.platformShare],
      resources: resourcesOf(cell),
    }));
  const out = cells.filter(({ kept }) => !kept);
  if (out.length > 0) {
    const sum = (of: (cell: Cell) => number) => compensatedSum(out.map(of));
    rows.push({
      part: "filteredOut",
      name: undefined,
      amounts: [sum(({ own }) => own), sum(({ idleShare }) => idleShare), sum(({ platformShare }) => platformShare)],
      resources: { cpu: 0, memory: 0, gpu: 0 },
    });
  }
  return rows;
}

function resourcesOf({ shares }: Cell): AllocatedCost["resources"] {
  const of = (resource: CostShare["resource"]) =>
    compensatedSum(shares.filter((share) => share.resource === resource).map(({ amount }) => amount));
  return { cpu: of("cpu"), memory: of("memory"), gpu: of("gpu") };
}

function roundRows(
  rows: readonly UnroundedRow[],
  shares: readonly CostShare[],
  period: Period,
): readonly AllocatedCost[] {
  const decimals = decimalsOf(period);
  const scale = 10 ** decimals;
  const bill = perPeriod(compensatedSum(shares.map(({ amount }) => amount)), period);
  const cells = roundTogether(
    rows.flatMap(({ amounts }) => amounts.map((amount) => perPeriod(Math.max(0, amount), period))),
    bill,
    decimals,
  );
  return rows
    .map(({ part, name, resources }, index): AllocatedCost => {
      const [own = 0, idleShare = 0, platformShare = 0] = cells.slice(index * 3, index * 3 + 3);
      const total = Math.round((own + idleShare + platformShare) * scale) / scale;
      const spread = {
        cpu: perPeriod(resources.cpu, period),
        memory: perPeriod(resources.memory, period),
        gpu: perPeriod(resources.gpu, period),
      };
      return { part, name, own, idleShare, platformShare, total, resources: spread };
    })
    .filter(({ total }) => total > 0)
    .sort((left, right) => rank(left) - rank(right) || right.total - left.total || compare(left.name, right.name));
}

function rank({ part }: AllocatedCost): number {
  return part === "filteredOut" ? partOrder.length : partOrder.indexOf(part);
}

function compare(left = "", right = ""): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
