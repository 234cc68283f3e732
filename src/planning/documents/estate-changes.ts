import type { Estate } from "../../estate/model/estate.ts";
import type { DocumentChange } from "./document-change.ts";

/** The Estate document of an estate of which nothing is declared: what was assumed of it, to be corrected. */
export function estateChanges(estate: Estate): readonly DocumentChange[] {
  const isDeclared = estate.place !== undefined || estate.clusters.some(({ declared }) => declared !== undefined);
  if (isDeclared) return [];
  return [
    {
      kind: "create",
      document: { kind: "Estate", name: estate.name },
      spec: {
        currency: estate.currency,
        regions: estate.regions.map(({ name, zones }) => ({ name, zones })),
        environments: estate.environments.map(({ name, criticality, hours, timeZone }) => ({
          name,
          criticality,
          hours,
          timeZone,
        })),
      },
      beside: undefined,
    },
  ];
}
