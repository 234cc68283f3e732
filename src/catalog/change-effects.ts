import type { SourceTable } from "./catalog-source.ts";
import table from "./tables/change-effects.json" with { type: "json" };

export type EffectKind =
  | "inPlace"
  | "rolling"
  | "rollingAllPools"
  | "rotate"
  | "recreatePool"
  | "recreateCluster"
  | "reject";

/** What the edit of a field does. */
export interface EffectFact {
  readonly type: string;
  /** ARM path, with everything below it; empty for every other field of the type. */
  readonly path: string;
  readonly arm: EffectKind;
  readonly terraform: EffectKind;
  /** Through Terraform where the pool is the cluster's first one; undefined where that makes no difference. */
  readonly terraformDefaultPool: EffectKind | undefined;
  readonly source: string;
  /** False: recalled, not read in a source. */
  readonly verified: boolean;
  readonly note: string | undefined;
}

type EffectRow = readonly [string, string, EffectKind, EffectKind, EffectKind | null, string, number, string | null];

export const changeEffectSources: SourceTable = table.sources;

/** More exact paths first. */
const facts: readonly EffectFact[] = (table.rows as unknown as readonly EffectRow[])
  .map(([type, path, arm, terraform, terraformDefaultPool, source, verified, note]) => ({
    type,
    path,
    arm,
    terraform,
    terraformDefaultPool: terraformDefaultPool ?? undefined,
    source,
    verified: verified === 1,
    note: note ?? undefined,
  }))
  .toSorted((left, right) => right.path.length - left.path.length);

/** How nodes are replaced where a pool says nothing. */
export const rollingDefaults = {
  surge: table.rolling.defaultSurge,
  drainMinutes: table.rolling.defaultDrainMinutes,
  provisionMinutes: table.rolling.provisionMinutes,
} as const;

/** The effect of a field; undefined for types that the table does not know. */
export function effectFact(type: string, path: string): EffectFact | undefined {
  return facts.find(
    (fact) =>
      fact.type === type &&
      (fact.path === "" || path === fact.path || path.startsWith(`${fact.path}.`) || path.startsWith(`${fact.path}[`)),
  );
}
