import type { RecoveryFact } from "./catalog.ts";
import { citation, type SourceTable } from "./catalog-source.ts";
import table from "./tables/service-recovery.json" with { type: "json" };

export const serviceRecoverySources: SourceTable = table.sources;

type Row = readonly [what: string, source: string, verified: 0 | 1, figures: RecoveryFact["figures"]];

const facts: readonly RecoveryFact[] = (table.rows as unknown as readonly Row[]).map(
  ([what, source, verified, figures]) => ({
    what,
    figures,
    ...citation(serviceRecoverySources, source),
    verified: verified === 1,
  }),
);

export function recoveryFacts(): readonly RecoveryFact[] {
  return facts;
}
