import type { Cluster } from "../../estate/model/cluster.ts";
import type { Environment, Estate } from "../../estate/model/estate.ts";

/** One environment on one cluster. */
export interface DeliveryPlace {
  readonly environment: Environment;
  readonly cluster: Cluster;
}

/** Every place of an estate, by environment in order of promotion, then by cluster. */
export function deliveryPlaces(estate: Estate): readonly DeliveryPlace[] {
  return estate.environments.flatMap((environment) =>
    estate.clusters
      .filter(({ environments }) => environments.includes(environment.name))
      .toSorted((left, right) => (left.name < right.name ? -1 : 1))
      .map((cluster) => ({ environment, cluster })),
  );
}

export function placeKey(environment: string, cluster: string): string {
  return `${environment}/${cluster}`;
}
