import { factReason } from "../../catalog/fact.ts";
import { linuxLimits, runtimeDemand } from "../../catalog/linux-limits.ts";
import { runtimeKernelDemand, unstatedStorage } from "../../estate/assumptions/kernel-rules.ts";
import { exactFigure, type Figure, notEvaluableFigure, type Reason } from "../../estate/figures/figure.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Application } from "../../estate/model/application.ts";
import { type KernelDimension, type KernelVector, kernelDimensions, kernelVector } from "./kernel-dimensions.ts";
import { runtimeOf } from "./runtime.ts";

type EstimatedDimension = Exclude<KernelDimension, "ephemeralStorage">;

/** The field of `requires` that declares a dimension, and the column of the table that estimates it. */
const sources: {
  readonly [dimension in EstimatedDimension]: readonly [field: string, column: keyof ReturnType<typeof runtimeDemand>];
} = {
  pids: ["pids", "pids"],
  inotifyInstances: ["inotifyInstances", "inotifyInstances"],
  inotifyWatches: ["fileWatches", "inotifyWatches"],
  openFiles: ["openFiles", "openFiles"],
  conntrack: ["connections", "connections"],
  ephemeralPorts: ["connections", "connections"],
  diskIops: ["diskIops", "diskIops"],
};

const zero: readonly Reason[] = [
  { kind: "formula", text: "a pod with a network of its own takes no ports of the node" },
];

/** What one pod of a workload takes of its node: as its Application declares it, else estimated from its runtimes. */
export function podKernelDemand(workload: Workload, application: Application | undefined): KernelVector<Figure> {
  return kernelVector((dimension) => {
    const { label, unit } = kernelDimensions[dimension];
    const name = [`kernel/${workload.id}/${dimension}`, `${label} of one pod of ${workload.label}`, unit] as const;
    if (workload.opaque || workload.containers.length === 0) {
      return notEvaluableFigure(...name, [`what ${workload.label} runs`]);
    }
    if (dimension === "ephemeralStorage") return storageDemand(workload, name);
    if (dimension === "ephemeralPorts" && !workload.hostNetwork) return exactFigure(...name, 0, zero);
    return declaredDemand(dimension, application, name) ?? estimatedDemand(workload, dimension, name);
  });
}

type FigureName = readonly [id: string, label: string, unit: string];

function declaredDemand(
  dimension: EstimatedDimension,
  application: Application | undefined,
  name: FigureName,
): Figure | undefined {
  const [field] = sources[dimension];
  const value = application?.requires[field];
  if (application === undefined || typeof value !== "number") return undefined;
  const place = application.place === undefined ? {} : { place: application.place };
  return exactFigure(...name, value, [
    { kind: "declared", name: `Application/${application.name} requires.${field}`, value, ...place },
  ]);
}

/** Containers that run at the same time; init containers are over by then. */
function estimatedDemand({ containers }: Workload, dimension: EstimatedDimension, name: FigureName): Figure {
  const [, column] = sources[dimension];
  const running = containers.filter(({ role }) => role === "main" || role === "sidecar");
  const estimates = running.map((container) => {
    const { runtime, sign } = runtimeOf(container);
    return { runtime, sign, fact: runtimeDemand(runtime)[column] };
  });
  const reasons = [...new Map(estimates.map((each) => [each.runtime, each])).values()].flatMap(
    ({ runtime, sign, fact }): Reason[] => [
      factReason(fact),
      { kind: "assumption", id: runtimeKernelDemand.id, text: runtimeKernelDemand.text({ runtime, sign }) },
    ],
  );
  const formula: Reason = { kind: "formula", text: "sum over the containers that run at the same time" };
  return exactFigure(
    ...name,
    estimates.reduce((sum, { fact }) => sum + fact.value, 0),
    [formula, ...reasons],
  );
}

function storageDemand({ podLimits, podRequests, containers, place }: Workload, name: FigureName): Figure {
  const stated = podLimits.ephemeralStorageBytes ?? podRequests.ephemeralStorageBytes;
  if (stated !== undefined) {
    const field = podLimits.ephemeralStorageBytes === undefined ? "requests" : "limits";
    return exactFigure(...name, stated, [
      { kind: "declared", name: `resources.${field}.ephemeral-storage`, value: stated, unit: "bytes", place },
    ]);
  }
  const { containerLogBytes } = linuxLimits(0);
  const parameters = { containers: containers.length, logMB: containerLogBytes.value / 1_000_000 };
  return exactFigure(...name, containers.length * containerLogBytes.value, [
    factReason(containerLogBytes),
    { kind: "assumption", id: unstatedStorage.id, text: unstatedStorage.text(parameters) },
  ]);
}
