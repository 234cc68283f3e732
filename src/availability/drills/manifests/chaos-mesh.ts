import { type ChaosMeshKind, chaosMeshApiVersion } from "../../../catalog/chaos-faults.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { InjectedFault } from "../injected-fault.ts";
import { callersOf, mountPath, podSelector } from "./chaos-targets.ts";

/** A value that only whoever runs the experiment knows; it stands in the files as `${NAME}`. */
export interface FileParameter {
  readonly name: string;
  /** What it is and where to look it up. */
  readonly text: string;
}

/** One injection by Chaos Mesh: the kind, and its `spec`. */
export interface MeshFault {
  readonly kind: ChaosMeshKind;
  readonly spec: { readonly [key: string]: unknown };
}

export interface MeshFaults {
  readonly faults: readonly MeshFault[];
  readonly parameters: readonly FileParameter[];
}

/** How a parameter stands in a file: `envsubst` fills it in. */
export function placeholder(name: string): string {
  return ["$", "{", name, "}"].join("");
}

const none: MeshFaults = { faults: [], parameters: [] };

/**
 * What Chaos Mesh can do of a fault; nothing for what lies outside the cluster's pods: nodes, zones, regions.
 * @param environment whose workloads call what is cut off
 */
export function meshFaults(estate: Estate, environment: string, fault: InjectedFault): MeshFaults {
  switch (fault.kind) {
    case "pods":
      return killedPods(estate, fault);
    case "disk":
      return failingVolume(estate, fault);
    case "dependency":
      return cutOff(estate, environment, fault.target);
    case "node":
    case "zone":
    case "entry":
    case "drill":
      return none;
  }
}

function killedPods(estate: Estate, fault: Extract<InjectedFault, { kind: "pods" }>): MeshFaults {
  const workload = estate.workloads.find(({ id }) => id === fault.workload);
  if (workload === undefined) return none;
  const spec = { action: "pod-kill", ...modeOf(fault.pods), selector: podSelector(workload), gracePeriod: 0 };
  return { faults: [{ kind: "PodChaos", spec }], parameters: [] };
}

function modeOf(pods: number | "all") {
  if (pods === "all") return { mode: "all" };
  return pods === 1 ? { mode: "one" } : { mode: "fixed", value: String(pods) };
}

function failingVolume(estate: Estate, { workload: id, volume }: Extract<InjectedFault, { kind: "disk" }>): MeshFaults {
  const workload = estate.workloads.find((each) => each.id === id);
  const path = workload === undefined ? undefined : mountPath(workload, volume);
  if (workload === undefined || path === undefined) return none;
  const spec = {
    action: "fault",
    mode: "one",
    selector: podSelector(workload),
    volumePath: path,
    path: `${path}/**/*`,
    // EIO of Linux: what a lost disk answers.
    errno: 5,
    percent: 100,
  };
  return { faults: [{ kind: "IOChaos", spec }], parameters: [] };
}

/** The callers reach the target no more; the target itself is not touched. */
function cutOff(estate: Estate, environment: string, target: string): MeshFaults {
  const callers = callersOf(estate, environment, target);
  if (callers.length === 0) return none;
  const host = target.startsWith("host:") ? target.slice("host:".length) : undefined;
  const parameter = `${target
    .replace(/^.*\//, "")
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, "_")}_HOST`;
  const selectors = new Map(callers.map((caller) => [JSON.stringify(podSelector(caller)), podSelector(caller)]));
  const faults = [...selectors.values()].map(
    (selector): MeshFault => ({
      kind: "NetworkChaos",
      spec: {
        action: "partition",
        mode: "all",
        selector,
        direction: "to",
        externalTargets: [host ?? placeholder(parameter)],
      },
    }),
  );
  const text = `host name or address of ${target}, as its callers use it`;
  return { faults, parameters: host === undefined ? [{ name: parameter, text }] : [] };
}

/** What a workflow of Chaos Mesh is made of. */
export interface WorkflowInput {
  readonly id: string;
  readonly hypothesis: string;
  /** Stages one after the other; the faults of one at the same time. */
  readonly stages: readonly (readonly MeshFault[])[];
  readonly faultSeconds: number;
  /** Between two stages. */
  readonly pauseSeconds: number;
  /** Page that is watched; the workflow ends when it fails for so long. */
  readonly url: string;
  readonly abortAfterSeconds: number;
}

const probeSeconds = 10;
const templateField: { readonly [kind in ChaosMeshKind]: string } = {
  PodChaos: "podChaos",
  NetworkChaos: "networkChaos",
  IOChaos: "ioChaos",
};

/** The experiment as a Workflow: the stages beside a status check that ends it when too much is spent. */
export function meshWorkflow(input: WorkflowInput): object {
  const { id, hypothesis, stages, faultSeconds, pauseSeconds, url, abortAfterSeconds } = input;
  const pauses = Math.max(0, stages.length - 1) * pauseSeconds;
  const total = `${stages.length * faultSeconds + pauses}s`;
  const steps = stages.flatMap((stage, index) => [
    ...(index === 0 ? [] : [{ name: `pause-${index}`, templateType: "Suspend", deadline: `${pauseSeconds}s` }]),
    {
      name: `stage-${index + 1}`,
      templateType: "Parallel",
      deadline: `${faultSeconds}s`,
      children: stage.map((_, at) => faultName(index, at)),
    },
  ]);
  const faults = stages.flatMap((stage, index) =>
    stage.map(({ kind, spec }, at) => ({
      name: faultName(index, at),
      templateType: kind,
      deadline: `${faultSeconds}s`,
      [templateField[kind]]: spec,
    })),
  );
  return {
    apiVersion: chaosMeshApiVersion,
    kind: "Workflow",
    metadata: { name: id, namespace: "chaos-mesh", annotations: { "scantling/hypothesis": hypothesis } },
    spec: {
      entry: "experiment",
      templates: [
        { name: "experiment", templateType: "Parallel", deadline: total, children: ["faults", "watch"] },
        { name: "faults", templateType: "Serial", deadline: total, children: steps.map(({ name }) => name) },
        {
          name: "watch",
          templateType: "StatusCheck",
          deadline: total,
          abortWithStatusCheck: true,
          statusCheck: {
            mode: "Continuous",
            type: "HTTP",
            intervalSeconds: probeSeconds,
            timeoutSeconds: probeSeconds / 2,
            failureThreshold: Math.max(1, Math.ceil(abortAfterSeconds / probeSeconds)),
            http: { url, method: "GET", criteria: { statusCode: "200-399" } },
          },
        },
        ...steps,
        ...faults,
      ],
    },
  };
}

function faultName(stage: number, at: number): string {
  return `fault-${stage + 1}-${at + 1}`;
}
