import type { ComputeResources } from "../kubernetes/workload.ts";
import type { Place } from "../sources/place.ts";
import type { Exemption } from "./audit-settings.ts";

export type Trust = "team" | "internal" | "external" | "hostile";
export type Sharing = "separate" | "bounded" | "shared";

/** Who owns namespaces, whom they trust, what they accept to share. `platform` and `unassigned` always exist. */
export interface Tenant {
  readonly name: string;
  readonly owners: readonly string[];
  readonly namespaces: readonly string[];
  readonly classification: string | undefined;
  readonly trust: Trust;
  readonly accepts: { readonly [layer: string]: Sharing };
  readonly quota: ComputeResources;
  readonly budgetMonthly: number | undefined;
  readonly exemptions: readonly Exemption[];
  readonly place?: Place;
}
