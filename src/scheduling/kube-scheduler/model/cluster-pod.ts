import { asList, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { SchedulerVersion } from "../scheduler-version.ts";
import { type PodTemplate, readPodTemplate } from "./pod-template.ts";
import type { Reading, ReadingProblem } from "./reading-problem.ts";

/** A pod as the scheduler sees it. Plain data; pods that are alike share one template. */
export interface ClusterPod {
  /** `namespace/name`, unique in a cluster. */
  readonly id: string;
  readonly name: string;
  readonly template: PodTemplate;
  /** Being deleted: still holds resources, but is not counted for topology spread. */
  readonly isTerminating: boolean;
  /** When it started, in seconds; undefined counts as the latest. Preemption spares pods that run longer. */
  readonly startSeconds: number | undefined;
}

interface TemplateReading {
  readonly template: PodTemplate;
  readonly problems: readonly ReadingProblem[];
}

/** Reads Pod objects; pods of the same content share a template, which is what makes scheduling many of them fast. */
export class PodReader {
  private readonly version: SchedulerVersion;
  private readonly byContent = new Map<string, TemplateReading>();

  constructor(version: SchedulerVersion) {
    this.version = version;
  }

  read(value: unknown): Reading<ClusterPod> {
    const pod = asObject(value);
    const metadata = asObject(pod.metadata);
    const name = asText(metadata.name);
    if (name === undefined) return { kind: "refused", problems: [{ path: ["metadata", "name"], text: "is missing" }] };
    const { template, problems } = this.templateOf(pod);
    if (problems.length > 0) return { kind: "refused", problems };
    return {
      kind: "read",
      value: {
        id: `${template.namespace}/${name}`,
        name,
        template,
        isTerminating: metadata.deletionTimestamp !== undefined && metadata.deletionTimestamp !== null,
        startSeconds: secondsOf(asObject(pod.status).startTime),
      },
    };
  }

  /** Reads a pod that runs: the node that it names is where it is, not what it asks for. */
  readPlaced(value: unknown): { readonly reading: Reading<ClusterPod>; readonly nodeName: string | undefined } {
    const pod = asObject(value);
    const { nodeName, ...spec } = asObject(pod.spec);
    return { reading: this.read({ ...pod, spec }), nodeName: asText(nodeName) };
  }

  private templateOf(pod: JsonObject): TemplateReading {
    const metadata = asObject(pod.metadata);
    const spec = asObject(pod.spec);
    const key = JSON.stringify([
      metadata.namespace,
      metadata.labels,
      metadata.ownerReferences,
      hasEphemeralVolume(spec) ? metadata.name : undefined,
      spec,
    ]);
    const known = this.byContent.get(key);
    if (known !== undefined) return known;
    const problems: ReadingProblem[] = [];
    const reading = { template: readPodTemplate(pod, key, this.version, problems), problems };
    this.byContent.set(key, reading);
    return reading;
  }
}

/** Claims of ephemeral volumes are named after the pod. */
function hasEphemeralVolume(spec: JsonObject): boolean {
  return asList(spec.volumes).some((volume) => asObject(volume).ephemeral !== undefined);
}

function secondsOf(value: unknown): number | undefined {
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time / 1000;
}
