import type { Place } from "../sources/place.ts";
import type { RecoveryObjective } from "./application.ts";

/** A price that the user states where the catalog has none; in the estate's currency. */
export interface DeclaredPrice {
  readonly monthlyCost: number;
  readonly source: string;
  readonly asOf: string;
}

/** A managed or self-run store. `service` is `auto` until advice has chosen. */
export interface DataStore {
  readonly name: string;
  readonly application: string | undefined;
  readonly service: string;
  readonly sku: string | undefined;
  /** Written reference `namespace/Kind/name` of the workload that holds it, when it runs in the cluster. */
  readonly workload: string | undefined;
  readonly regions: { readonly readers: readonly string[]; readonly writers: readonly string[] };
  readonly zoneRedundant: boolean | undefined;
  readonly sizeGiB: number | undefined;
  readonly recovery: { readonly [scope: string]: RecoveryObjective };
  readonly price: DeclaredPrice | undefined;
  /** Share of time it is down, when declared (1 - availability). */
  readonly unavailability: number | undefined;
  /** The document as written, for engines that read deeper. */
  readonly spec: { readonly [key: string]: unknown };
  readonly place?: Place;
}

/** A service of the cloud that the estate leans on. */
export interface CloudService {
  readonly name: string;
  /** Catalog name, such as `frontDoor`, `serviceBus`, `containerRegistry`. */
  readonly service: string;
  readonly tier: string | undefined;
  readonly regions: readonly string[] | "global";
  readonly zoneRedundant: boolean | undefined;
  readonly quantity: number;
  readonly unavailability: number | undefined;
  readonly price: DeclaredPrice | undefined;
  readonly spec: { readonly [key: string]: unknown };
  readonly place?: Place;
}
