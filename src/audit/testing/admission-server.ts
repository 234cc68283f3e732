import { Environment } from "@marcbachmann/cel-js";
import { readComputeResources } from "../../estate/kubernetes/compute-resources.ts";
import { asList, asObject, asText, isJsonObject, valueAt } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Estate } from "../../estate/model/estate.ts";

/** Quantities as Kubernetes adds them to CEL. */
class Quantity {
  readonly value: number;

  constructor(text: string) {
    this.value = readComputeResources({ memory: text }).memoryBytes ?? Number.NaN;
  }
}

const cel = new Environment({ unlistedVariablesAreDyn: true, enableOptionalTypes: true })
  .registerType("Quantity", Quantity)
  .registerFunction("quantity(string): Quantity", (text: string) => new Quantity(text))
  .registerFunction("Quantity.compareTo(Quantity): int", (left: Quantity, right: Quantity) =>
    BigInt(Math.sign(left.value - right.value)),
  );
const parsed = new Map<string, ReturnType<typeof cel.parse>>();

function evaluate(expression: string, context: { readonly [name: string]: unknown }): unknown {
  const program = parsed.get(expression) ?? cel.parse(expression);
  parsed.set(expression, program);
  return program(context);
}

/** Whole numbers are integers to CEL, and what is null is not stored. */
function asStored(value: unknown): unknown {
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value);
  if (Array.isArray(value)) return value.map(asStored);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  return Object.fromEntries(kept.map(([key, each]) => [key, asStored(each)]));
}

/** An object on its way in, with the namespace that it is for. */
export interface AdmissionRequest {
  readonly object: JsonObject;
  readonly namespace: string;
  readonly labels: JsonObject;
}

function labelsOf(estate: Estate, namespace: string): JsonObject {
  const found = estate.objects.find(({ object }) => object.kind === "Namespace" && object.name === namespace);
  return asObject(asObject(found?.object.value["metadata"])["labels"]);
}

/** Every object of an estate, and the pods that controllers would make, as admission plugins before policies leave them. */
export function requestsOf(estate: Estate): readonly AdmissionRequest[] {
  const written = estate.objects
    .filter(({ namespace }) => namespace !== undefined)
    .map(({ object, namespace = "" }) => ({ object: object.value, namespace }));
  const made = estate.workloads
    .filter(({ object }) => object.kind !== "Pod")
    .map((workload) => {
      const template = asObject(valueAt(workload.object.value, workload.podSpecPath.slice(0, -1)));
      const owner = ownerOfPods(workload.kind, workload.name);
      const metadata = {
        ...asObject(template["metadata"]),
        namespace: workload.namespace,
        labels: { ...asObject(asObject(template["metadata"])["labels"]), "pod-template-hash": templateHash },
        ownerReferences: [{ ...owner, controller: true }],
      };
      return { object: { ...template, apiVersion: "v1", kind: "Pod", metadata }, namespace: workload.namespace };
    });
  return [...written, ...made].map(({ object, namespace }) => ({
    object: object["kind"] === "Pod" ? filledIn(object, estate, namespace) : object,
    namespace,
    labels: labelsOf(estate, namespace),
  }));
}

const templateHash = "7c9d5bf4";

/** What stands between a workload and its pods. */
function ownerOfPods(kind: string, name: string): JsonObject {
  if (kind === "Deployment") return { kind: "ReplicaSet", name: `${name}-${templateHash}` };
  return kind === "CronJob" ? { kind: "Job", name: `${name}-29384756` } : { kind, name };
}

/** Defaults of a LimitRange and the token of a service account. */
function filledIn(pod: JsonObject, estate: Estate, namespace: string): JsonObject {
  const spec = asObject(pod["spec"]);
  const own = (kind: string) =>
    estate.objects.filter((each) => each.object.kind === kind && each.namespace === namespace);
  const [range] = own("LimitRange").flatMap(({ object }) => asList(asObject(object.value["spec"])["limits"]));
  const { default: limits = {}, defaultRequest: requests = {} } = asObject(range);
  const containers = asList(spec["containers"]).map((each) => {
    const stated = asObject(asObject(each)["resources"]);
    const merged = (defaults: unknown, key: string) => ({ ...asObject(defaults), ...asObject(stated[key]) });
    const resources = { ...stated, requests: merged(requests, "requests"), limits: merged(limits, "limits") };
    return { ...asObject(each), resources };
  });
  const serviceAccountName = asText(spec["serviceAccountName"]) ?? "default";
  const account = own("ServiceAccount").find(({ object }) => object.name === serviceAccountName);
  const says = "automountServiceAccountToken";
  const mounts = (spec[says] ?? account?.object.value[says] ?? true) === true;
  const volumes = [...asList(spec["volumes"]), ...(mounts ? [{ name: "kube-api-access-x", projected: {} }] : [])];
  return { ...pod, spec: { ...spec, containers, volumes, serviceAccountName } };
}

/** Messages of the validations that do not hold, as an API server of Kubernetes 1.30 comes to them. */
export function denials(
  objects: readonly JsonObject[],
  request: AdmissionRequest,
  old: JsonObject | null = null,
): readonly string[] {
  return objects
    .filter((each) => each["kind"] === "ValidatingAdmissionPolicy")
    .flatMap((policy) => {
      const name = asObject(policy["metadata"])["name"];
      const binding = objects.find((each) => asObject(each["spec"])["policyName"] === name);
      return matches(policy, asObject(binding), request) ? failing(asObject(policy["spec"]), request, old) : [];
    });
}

const resourceOf = (kind: unknown) => `${String(kind).toLowerCase()}s`;

function matches(policy: JsonObject, binding: JsonObject, { object, namespace }: AdmissionRequest): boolean {
  const [group] = String(object["apiVersion"]).includes("/") ? String(object["apiVersion"]).split("/") : [""];
  const [term] = asList(valueAt(binding, ["spec", "matchResources", "namespaceSelector", "matchExpressions"]));
  const { operator, values } = asObject(term);
  const isNamed = asList(values).includes(namespace);
  const isOfKind = asList(valueAt(policy, ["spec", "matchConstraints", "resourceRules"])).some((rule) => {
    const { apiGroups, resources } = asObject(rule);
    return asList(apiGroups).includes(group) && asList(resources).includes(resourceOf(object["kind"]));
  });
  return isOfKind && (operator === "In" ? isNamed : !isNamed);
}

function failing(
  spec: JsonObject,
  { object, namespace, labels }: AdmissionRequest,
  old: JsonObject | null,
): readonly string[] {
  const variables: { [name: string]: unknown } = {};
  const context = {
    object: asStored({ ...object, metadata: { ...asObject(object["metadata"]), namespace } }),
    oldObject: asStored(old),
    namespaceObject: { metadata: { name: namespace, labels } },
    variables,
  };
  const holds = (each: unknown) => evaluate(String(asObject(each)["expression"]), context);
  if (!asList(spec["matchConditions"]).every((condition) => holds(condition) === true)) return [];
  for (const each of asList(spec["variables"])) variables[String(asObject(each)["name"])] = holds(each);
  return asList(spec["validations"])
    .filter((validation) => {
      const result = holds(validation);
      if (typeof result !== "boolean") throw new TypeError(`${JSON.stringify(validation)} is neither true nor false`);
      return !result;
    })
    .map((validation) => String(asObject(validation)["message"]));
}
