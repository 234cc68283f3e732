import { asList, asObject, asStringMap, asText, type StringMap } from "../estate/kubernetes/json-value.ts";
import type { Estate } from "../estate/model/estate.ts";
import { readTolerations, type Toleration } from "./tolerations.ts";

/** What a runtime class adds to the pods that name it. */
export interface RuntimeClass {
  readonly name: string;
  /** Each pod runs in a virtual machine of its own (Kata). */
  readonly sandboxed: boolean;
  readonly nodeSelector: StringMap;
  readonly tolerations: readonly Toleration[];
  /** False when the object is not among the manifests, as with the classes that AKS installs. */
  readonly declared: boolean;
}

/** Runtime classes that AKS installs with pod sandboxing and confidential containers; their handler is Kata. */
const sandboxClass = /^kata(-|$)/;

/** Runtime classes by cluster and name, from the RuntimeClass objects of the estate. */
export function readRuntimeClasses(estate: Estate): ReadonlyMap<string, RuntimeClass> {
  const classes = new Map<string, RuntimeClass>();
  for (const placed of estate.objects) {
    if (placed.object.kind !== "RuntimeClass") continue;
    const { value, name } = placed.object;
    const scheduling = asObject(value.scheduling);
    classes.set(`${placed.cluster}/${name}`, {
      name,
      sandboxed: sandboxClass.test(asText(value.handler) ?? "") || sandboxClass.test(name),
      nodeSelector: asStringMap(scheduling.nodeSelector),
      tolerations: readTolerations(asList(scheduling.tolerations)),
      declared: true,
    });
  }
  return classes;
}

/** The class a pod names; one that no manifest declares is judged by its name. */
export function runtimeClassOf(
  classes: ReadonlyMap<string, RuntimeClass>,
  cluster: string,
  name: string | undefined,
): RuntimeClass | undefined {
  if (name === undefined) return undefined;
  const declared = classes.get(`${cluster}/${name}`);
  if (declared !== undefined) return declared;
  return { name, sandboxed: sandboxClass.test(name), nodeSelector: {}, tolerations: [], declared: false };
}
