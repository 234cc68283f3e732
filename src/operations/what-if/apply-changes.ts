import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { changeNodePool } from "./changes/change-node-pool.ts";
import type { ChangedEstate } from "./changes/changed-estate.ts";
import { moveTenant } from "./changes/move-tenant.ts";
import { setReplicas } from "./changes/set-replicas.ts";
import { useSecondRegion } from "./changes/use-second-region.ts";
import { describeChange, keyOfChange, type WhatIfChange } from "./what-if-change.ts";

/** The estate with all changes made that can be made. */
export interface AppliedChanges {
  readonly estate: Estate;
  /** Changes that could not be made, which are left out. */
  readonly refused: readonly { readonly key: string; readonly change: string; readonly reason: string }[];
  /** What the figures do not see. */
  readonly caveats: readonly string[];
}

/** Makes the changes one after another, each on what the former left. */
export function applyChanges(estate: Estate, catalog: Catalog, changes: readonly WhatIfChange[]): AppliedChanges {
  let current = estate;
  const refused: AppliedChanges["refused"][number][] = [];
  const caveats = new Set<string>();
  for (const change of changes) {
    const changed = applyChange(current, catalog, change);
    if ("refused" in changed) {
      refused.push({ key: keyOfChange(change), change: describeChange(change), reason: changed.refused });
      continue;
    }
    current = changed.estate;
    for (const caveat of changed.caveats ?? []) caveats.add(caveat);
  }
  return { estate: current, refused, caveats: [...caveats] };
}

function applyChange(estate: Estate, catalog: Catalog, change: WhatIfChange): ChangedEstate {
  switch (change.kind) {
    case "replicas":
      return setReplicas(estate, change);
    case "zones":
    case "vmSize":
    case "spot":
      return changeNodePool(estate, catalog, change);
    case "tier": {
      const { cluster: name, tier } = change;
      if (!estate.clusters.some((cluster) => cluster.name === name)) return { refused: `there is no cluster ${name}` };
      const clusters = estate.clusters.map((cluster) => (cluster.name === name ? { ...cluster, tier } : cluster));
      return { estate: { ...estate, clusters } };
    }
    case "reservation":
      return reserve(estate, catalog, change);
    case "secondRegion":
      return useSecondRegion(estate, catalog, change);
    case "moveTenant":
      return moveTenant(estate, catalog, change);
  }
}

function reserve(
  estate: Estate,
  catalog: Catalog,
  { region, vmSize, quantity, termYears }: Extract<WhatIfChange, { kind: "reservation" }>,
): ChangedEstate {
  if (quantity < 1) return { refused: "a reservation is of one node at the least" };
  const price =
    catalog.reservationPrice(region, vmSize, termYears) ?? catalog.reservationRatioElsewhere(vmSize, termYears);
  if (price === undefined) return { refused: `no price is known of ${vmSize} reserved in ${region}` };
  const reservation = { vmSize, region, quantity, termYears, until: undefined };
  const reservations = [...estate.commercial.reservations, reservation];
  return {
    estate: { ...estate, commercial: { ...estate.commercial, reservations } },
    caveats: [`a reservation is paid for ${termYears === 1 ? "a year" : "three years"}, used or not`],
  };
}
