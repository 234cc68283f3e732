import type { Catalog } from "../../catalog/catalog.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import { describeSharing } from "../../tenancy/tenancy-report.ts";
import { estateFigures } from "../planning/write-figures.ts";
import type { OnboardingRequest } from "./onboarding-request.ts";
import { type TenantBudget, tenantBudgets } from "./tenant-budgets.ts";

/** Something that two tenants share and one of them has not accepted. */
interface UnacceptedSharing {
  readonly tenants: readonly [string, string];
  readonly layer: string;
  readonly because: string;
  /** What would lift it, as a noun phrase. */
  readonly lift: string | undefined;
}

/** What a request brings about, by the engines that assess the estate before and after it. */
export interface OnboardingEffect {
  readonly currency: string;
  /** Bill of a month. */
  readonly monthly: { readonly before: number; readonly after: number };
  /** Of the tenant concerned, after it. */
  readonly tenant: TenantBudget | undefined;
  /** What nobody shared so before. */
  readonly sharing: readonly UnacceptedSharing[];
  /** Workloads that no pool takes, which ran before or are new. */
  readonly unplaced: readonly { readonly workload: string; readonly reason: string }[];
  /** Workloads of the application concerned, by environment and cluster. */
  readonly runs: readonly { readonly environment: string; readonly cluster: string; readonly workloads: number }[];
  readonly journeys: readonly {
    readonly journey: string;
    readonly objective: string | undefined;
    /** Minutes a month; undefined where it is not known. */
    readonly minutes: number | undefined;
    readonly met: boolean | undefined;
  }[];
}

const minutesPerMonth = (365.25 / 12) * 1440;

export function onboardingEffect(
  before: Estate,
  after: Estate,
  request: OnboardingRequest,
  { catalog, today }: { readonly catalog: Catalog; readonly today: string },
): OnboardingEffect {
  const old = estateFigures(before, catalog, today);
  const now = estateFigures(after, catalog, today);
  const application = request.kind === "addTenant" ? undefined : "name" in request ? request.name : request.application;
  const tenant =
    request.kind === "addTenant" ? request.name : after.applications.find(({ name }) => name === application)?.tenant;
  const known = new Set(placeWorkloads(before, catalog).unplaced.map(({ workload }) => workload));
  const groups = Map.groupBy(
    after.workloads.filter((workload) => workload.application === application && application !== undefined),
    ({ environment, cluster }) => `${environment}\n${cluster}`,
  );
  return {
    currency: now.currency,
    monthly: { before: old.monthly, after: now.monthly },
    tenant: tenantBudgets(after, catalog, today).find((each) => each.tenant === tenant),
    sharing: newSharing(before, after, catalog),
    unplaced: placeWorkloads(after, catalog)
      .unplaced.filter(({ workload }) => !known.has(workload))
      .map(({ workload, reason }) => ({ workload, reason })),
    runs: [...groups.values()]
      .toSorted(byPromotion(after))
      .flatMap(([first, ...others]) =>
        first === undefined
          ? []
          : [{ environment: first.environment, cluster: first.cluster, workloads: others.length + 1 }],
      ),
    journeys: after.journeys
      .filter((journey) => journey.application === application)
      .map(({ id, objective, objectiveUnavailability: allowed }) => {
        const minutes = now.minutes.get(id);
        const met = allowed === undefined || minutes === undefined ? undefined : minutes <= allowed * minutesPerMonth;
        return { journey: id, objective, minutes, met };
      }),
  };
}

function byPromotion({ environments }: Estate) {
  const rank = (environment: string | undefined) => environments.findIndex(({ name }) => name === environment);
  return ([left]: readonly Workload[], [right]: readonly Workload[]) =>
    rank(left?.environment) - rank(right?.environment) || ((left?.cluster ?? "") < (right?.cluster ?? "") ? -1 : 1);
}

/** Layers that are not met now and were met, or not shared, before. */
function newSharing(before: Estate, after: Estate, catalog: Catalog): readonly UnacceptedSharing[] {
  const known = new Set(unaccepted(before, catalog).map(keyOf));
  return unaccepted(after, catalog).filter((each) => !known.has(keyOf(each)));
}

function unaccepted(estate: Estate, catalog: Catalog): readonly UnacceptedSharing[] {
  return describeSharing(estate, catalog).pairs.flatMap(({ tenants, layers }) =>
    layers.filter(({ met }) => met === false).map(({ layer, because, lift }) => ({ tenants, layer, because, lift })),
  );
}

function keyOf({ tenants, layer }: UnacceptedSharing): string {
  return `${tenants.join("\n")}\n${layer}`;
}
