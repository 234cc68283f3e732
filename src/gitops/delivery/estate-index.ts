import type { ServiceEndpoint, Workload } from "../../estate/kubernetes/workload.ts";
import type { Application } from "../../estate/model/application.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import type { Tenant } from "../../estate/model/tenant.ts";
import { type DeliveryPlace, placeKey } from "./place.ts";

/** What is at one place of an estate. */
export interface PlaceContent {
  readonly objects: readonly PlacedObject[];
  readonly workloads: readonly Workload[];
  readonly services: readonly ServiceEndpoint[];
}

const empty: PlaceContent = { objects: [], workloads: [], services: [] };

/** An estate by place and by name, so that nothing is searched twice. */
export class EstateIndex {
  readonly estate: Estate;
  readonly applications: ReadonlyMap<string, Application>;
  readonly tenants: ReadonlyMap<string, Tenant>;
  readonly #contents: ReadonlyMap<string, PlaceContent>;
  readonly #byNamespace: ReadonlyMap<string, readonly Application[]>;

  constructor(estate: Estate) {
    this.estate = estate;
    this.applications = new Map(estate.applications.map((application) => [application.name, application]));
    this.tenants = new Map(estate.tenants.map((tenant) => [tenant.name, tenant]));
    const keyOf = ({ environment, cluster }: { readonly environment: string; readonly cluster: string }) =>
      placeKey(environment, cluster);
    const objects = Map.groupBy(estate.objects, keyOf);
    const workloads = Map.groupBy(estate.workloads, keyOf);
    const services = Map.groupBy(estate.services, keyOf);
    this.#contents = new Map(
      [...objects].map(([key, list]) => [
        key,
        { objects: list, workloads: workloads.get(key) ?? [], services: services.get(key) ?? [] },
      ]),
    );
    this.#byNamespace = Map.groupBy(
      estate.applications.filter(({ namespace }) => namespace !== undefined),
      ({ namespace }) => namespace ?? "",
    );
  }

  at({ environment, cluster }: DeliveryPlace): PlaceContent {
    return this.#contents.get(placeKey(environment.name, cluster.name)) ?? empty;
  }

  /** The only application of a namespace; undefined where it has none or several. */
  applicationOf(namespace: string | undefined): Application | undefined {
    const [only, ...others] = this.#byNamespace.get(namespace ?? "") ?? [];
    return others.length === 0 ? only : undefined;
  }

  /** The tenant that declares a namespace as its own; `unassigned` where none does. */
  tenantOf(namespace: string): string {
    return this.estate.tenants.find(({ namespaces }) => namespaces.includes(namespace))?.name ?? "unassigned";
  }
}
