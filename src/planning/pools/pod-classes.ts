import type { Catalog } from "../../catalog/catalog.ts";
import type { NodePool } from "../../estate/model/cluster.ts";
import { withOneJob } from "../model/planned-pods.ts";
import type { PlanUnit } from "../model/site.ts";
import { isOneZone, type PlanPolicy } from "../plan-policy.ts";
import { classKey, type PodClass } from "./pod-class.ts";
import { purposeOf } from "./pool-names.ts";
import type { PlannedPods } from "./pool-problem.ts";
import type { ReadPods } from "./read-pods.ts";

/** Pods of one class, and what their pools have to be. */
export interface ClassOfPods {
  readonly podClass: PodClass;
  readonly pods: readonly PlannedPods[];
  readonly mode: NodePool["mode"];
  /** Keeps applications away: a pool for the system alone. */
  readonly isSystemOnly: boolean;
  readonly minimumNodes: number;
}

/** The system first, then what is shared, then what tenants have for themselves. */
export function classesOf(
  read: ReadPods["pods"],
  platform: readonly PlannedPods[],
  units: readonly PlanUnit[],
  { catalog, policy }: { readonly catalog: Catalog; readonly policy: PlanPolicy },
): readonly ClassOfPods[] {
  const isCritical = units.some(({ environment }) => environment.criticality === "high");
  const limits = catalog.nodePoolLimits();
  const headroom = units.some(({ environment }) => policy.headroom.includes(environment.criticality));
  const oneZone = units.every(({ environment }) => isOneZone(policy, environment));
  const plain: PodClass = {
    exclusiveTo: undefined,
    sandboxed: false,
    operatingSystem: "linux",
    architecture: "amd64",
    gpu: false,
    spot: false,
    headroom,
    oneZone,
  };
  const groups = [...Map.groupBy(read, ({ podClass }) => classKey(podClass))]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([, own]) => own);
  const general = groups.find((own) => own.every(({ podClass }) => isPlain(podClass)));
  const isShared = !isCritical && general !== undefined;
  const minimumNodes = isCritical ? 2 : 1;
  const classes = groups.flatMap((own): readonly ClassOfPods[] => {
    const [first] = own;
    if (first === undefined) return [];
    const takesSystem = isShared && own === general;
    return [
      {
        podClass: first.podClass,
        pods: withOneJob([...(takesSystem ? platform : []), ...own.map(({ pods }) => pods)]),
        mode: takesSystem ? "System" : "User",
        isSystemOnly: false,
        minimumNodes: takesSystem ? Math.max(minimumNodes, limits.leastSystemNodes.value) : minimumNodes,
      },
    ];
  });
  if (isShared) return classes;
  const nodes = isCritical ? limits.advisedSystemNodes.value : limits.leastSystemNodes.value;
  return [{ podClass: plain, pods: platform, mode: "System", isSystemOnly: true, minimumNodes: nodes }, ...classes];
}

function isPlain({ exclusiveTo, sandboxed: isSandboxed, operatingSystem, architecture, gpu, spot }: PodClass): boolean {
  return (
    exclusiveTo === undefined &&
    !isSandboxed &&
    operatingSystem === "linux" &&
    architecture === "amd64" &&
    !gpu &&
    !spot
  );
}

/** What keeps others off the pools of a class. */
export function taintsOf({ isSystemOnly, podClass }: ClassOfPods): NodePool["taints"] {
  if (isSystemOnly) return [{ key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" }];
  return isPlain(podClass) ? [] : [{ key: "dedicated", value: purposeOf(podClass), effect: "NoSchedule" }];
}
