import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";

/** The objects of one application in two environments that follow each other on the way to production. */
export interface EnvironmentPair {
  readonly application: string;
  readonly lower: string;
  readonly higher: string;
  readonly lowerObjects: ReadonlyMap<string, PlacedObject>;
  readonly higherObjects: ReadonlyMap<string, PlacedObject>;
}

/** Each application with every environment it is in and the next higher one it is in. */
export function environmentPairs(estate: Estate): readonly EnvironmentPair[] {
  const byApplication = new Map<string, Map<string, Map<string, PlacedObject>>>();
  for (const placed of estate.objects) {
    if (placed.application === undefined) continue;
    const environments = entryOf(byApplication, placed.application, () => new Map<string, Map<string, PlacedObject>>());
    const objects = entryOf(environments, placed.environment, () => new Map<string, PlacedObject>());
    // Several clusters of one environment are given the same objects.
    entryOf(objects, keyOf(placed), () => placed);
  }
  const order = estate.environments.map(({ name }) => name);
  return [...byApplication].flatMap(([application, environments]) => {
    const present = order.filter((name) => environments.has(name));
    return present.slice(1).map((higher, index): EnvironmentPair => {
      const lower = present[index] ?? higher;
      const none = new Map<string, PlacedObject>();
      return {
        application,
        lower,
        higher,
        lowerObjects: environments.get(lower) ?? none,
        higherObjects: environments.get(higher) ?? none,
      };
    });
  });
}

/** Namespaces may carry the environment's name, and generated objects end with a hash of their content. */
function keyOf({ object }: PlacedObject): string {
  const isGenerated = object.kind === "ConfigMap" || object.kind === "Secret";
  const name = isGenerated ? object.name.replace(/-[a-z0-9]{10}$/, "") : object.name;
  return `${object.apiVersion.split("/")[0] ?? ""}/${object.kind}/${name}`;
}
