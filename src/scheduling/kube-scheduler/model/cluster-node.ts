import {
  asInteger,
  asList,
  asObject,
  asStringMap,
  asText,
  type StringMap,
} from "../../../estate/kubernetes/json-value.ts";
import type { Taint } from "../../../estate/model/cluster.ts";
import type { Reading, ReadingProblem } from "./reading-problem.ts";
import { type ResourceAmounts, readResourceList } from "./resource-list.ts";

/** A container image that a node holds. */
export interface NodeImage {
  readonly names: readonly string[];
  readonly sizeBytes: number;
}

/** A node as the scheduler sees it. Plain data. */
export interface ClusterNode {
  readonly name: string;
  readonly labels: StringMap;
  readonly taints: readonly Taint[];
  /** Cordoned: `spec.unschedulable`. */
  readonly unschedulable: boolean;
  /** What pods may use; `pods` is their number. */
  readonly allocatable: ResourceAmounts;
  readonly images: readonly NodeImage[];
}

const effects: readonly string[] = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

/** Reads a Node object. */
export function readNode(value: unknown): Reading<ClusterNode> {
  const problems: ReadingProblem[] = [];
  const metadata = asObject(asObject(value).metadata);
  const spec = asObject(asObject(value).spec);
  const status = asObject(asObject(value).status);
  const name = asText(metadata.name);
  if (name === undefined) problems.push({ path: ["metadata", "name"], text: "is missing" });
  const allocatable = readResourceList(
    status.allocatable ?? status.capacity,
    ["status", status.allocatable === undefined ? "capacity" : "allocatable"],
    problems,
  );
  const taints = readTaints(spec.taints, problems);
  if (name === undefined || problems.length > 0) return { kind: "refused", problems };
  return {
    kind: "read",
    value: {
      name,
      labels: asStringMap(metadata.labels),
      taints,
      unschedulable: spec.unschedulable === true,
      allocatable,
      images: asList(status.images).map(readImage),
    },
  };
}

function readTaints(value: unknown, problems: ReadingProblem[]): readonly Taint[] {
  return asList(value).flatMap((entry, index) => {
    const { key, value: taintValue, effect } = asObject(entry);
    const keyText = asText(key);
    if (keyText === undefined || typeof effect !== "string" || !isEffect(effect)) {
      problems.push({
        path: ["spec", "taints", index],
        text: "has no key, or an effect that Kubernetes does not know",
      });
      return [];
    }
    return [{ key: keyText, effect, ...(typeof taintValue === "string" ? { value: taintValue } : {}) }];
  });
}

function isEffect(effect: string): effect is Taint["effect"] {
  return effects.includes(effect);
}

function readImage(value: unknown): NodeImage {
  const { names, sizeBytes } = asObject(value);
  return {
    names: asList(names).flatMap((name) => asText(name) ?? []),
    sizeBytes: Math.max(0, asInteger(sizeBytes) ?? 0),
  };
}
