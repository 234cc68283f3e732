import { environmentByClusterName, promotionByName } from "../../estate/assumptions/import-rules.ts";
import { asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import { environmentIn, inOrderOfPromotion } from "../../gitops/import/place-names.ts";
import type { ImportSetting } from "./import-setting.ts";

/** Which environments there are, and which of them each cluster serves; both in order of promotion. */
export interface PromotionOrder {
  readonly byCluster: ReadonlyMap<string, readonly string[]>;
  readonly environments: readonly string[];
}

/** The environments of what was found: as documents declare them, and else by what deliveries and names say. */
export function promotionOrder(setting: ImportSetting): PromotionOrder {
  const byCluster = environmentsByCluster(setting);
  return { byCluster, environments: orderedEnvironments(setting, byCluster) };
}

/** What Cluster documents say, what deliveries say, or the word in the name. */
function environmentsByCluster({ found, declared, log }: ImportSetting): ReadonlyMap<string, readonly string[]> {
  const declaredClusters = new Map(
    declared.flatMap(({ kind, name, value }) => {
      const written = asList(asObject(value.spec).environments).filter((each) => typeof each === "string");
      return kind === "Cluster" && written.length > 0 ? [[name, written] as const] : [];
    }),
  );
  return new Map(
    found.clusters.map(({ name }) => {
      const said =
        declaredClusters.get(name) ??
        found.deliveries.flatMap((each) => (each.cluster === name ? (each.environment ?? []) : []));
      if (said.length > 0) return [name, declaredClusters.has(name) ? said : inOrderOfPromotion(said)];
      const environment =
        environmentIn(name) ?? (found.clusters.length === 1 && name === "default" ? "production" : name);
      log.assume(environmentByClusterName, `Cluster/${name}`, { cluster: name, environment });
      return [name, [environment]];
    }),
  );
}

function orderedEnvironments(
  { declared, log }: ImportSetting,
  byCluster: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const estate = declared.find(({ kind }) => kind === "Estate");
  const said = asList(asObject(estate?.value.spec).environments).flatMap((each) => asText(asObject(each).name) ?? []);
  const others = [...byCluster.values()].flat().filter((name) => !said.includes(name));
  const ordered = [...said, ...inOrderOfPromotion(others)];
  if (said.length === 0 && ordered.length > 1) log.assume(promotionByName, "Estate", { environments: ordered });
  return ordered;
}
