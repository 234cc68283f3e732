import type { DiagnosticRule } from "./diagnostic-rule.ts";

/** What stands in a message is cut, so that hostile input still gives one readable sentence. */
function shorten(text: string): string {
  const flat = text.replace(/\s+/g, " ");
  return flat.length <= 80 ? flat : `${flat.slice(0, 77)}...`;
}

export const notAnObject: DiagnosticRule<{ readonly found: string }> = {
  code: "EST-300",
  name: "not-an-object",
  severity: "error",
  message: ({ found }) => `This document is ${found}, not a Kubernetes object.`,
  hint: () => "A manifest is a mapping with apiVersion, kind and metadata.",
};

export const noKubernetesObject: DiagnosticRule<Record<never, never>> = {
  code: "EST-301",
  name: "no-kubernetes-object",
  severity: "note",
  message: () => "This document has neither apiVersion nor kind and is not used.",
  hint: () =>
    "Values files, workflows and the like are read by other tools; nothing is missing unless this was a manifest.",
};

export const missingTypeField: DiagnosticRule<{ readonly field: "apiVersion" | "kind" }> = {
  code: "EST-302",
  name: "missing-type-field",
  severity: "error",
  message: ({ field }) => `${field} is missing or no text, so this object cannot be used.`,
  hint: ({ field }) =>
    field === "kind"
      ? "Add kind as a text, such as `kind: Deployment`."
      : "Add apiVersion as a text, such as `apiVersion: apps/v1`.",
};

export const missingName: DiagnosticRule<{ readonly kind: string }> = {
  code: "EST-303",
  name: "missing-name",
  severity: "error",
  message: ({ kind }) => `This ${shorten(kind)} has no metadata.name, so it cannot be used.`,
  hint: () => "Add metadata.name: it identifies the object within its namespace.",
};

export const toolConfiguration: DiagnosticRule<{ readonly kind: string; readonly apiVersion: string }> = {
  code: "EST-304",
  name: "tool-configuration",
  severity: "note",
  message: ({ kind, apiVersion }) =>
    `${shorten(kind)} of ${shorten(apiVersion)} configures a tool and is no object of a cluster.`,
};

export const badList: DiagnosticRule<{ readonly kind: string }> = {
  code: "EST-305",
  name: "bad-list",
  severity: "error",
  message: ({ kind }) => `The items of this ${shorten(kind)} are not a list, so none of them can be used.`,
  hint: () => "Write items as a list of objects, each starting with a dash.",
};

export const duplicateObject: DiagnosticRule<{
  readonly object: string;
  readonly first: string;
  /** True when both have the same content. */
  readonly same: boolean;
}> = {
  code: "EST-306",
  name: "duplicate-object",
  severity: "warning",
  message: ({ object, first, same }) =>
    same
      ? `${object} is given twice with the same content (first at ${first}); it counts once.`
      : `${object} is given twice with different content (first at ${first}); the last one counts, as when both are applied.`,
  hint: () => "Give each object once, or name the folders of different environments in an Application.",
};

/** How to write what a field expects. */
const formsOfTypes: ReadonlyMap<string, string> = new Map([
  ["a whole number", "Write it in digits, without quotes, point or unit, such as 3."],
  ["true or false", "Write true or false without quotes."],
  ["a quantity", "Write a number with an optional suffix, such as 250m or 512Mi."],
  ["a whole number or a string", "Write a whole number such as 8080, or a text such as http or 25%."],
  ["a list", "Start each entry with a dash on a line of its own, or write [first, second]."],
  ["a mapping", "Write `key: value` lines below the field, indented deeper than it."],
]);

export const fieldType: DiagnosticRule<{ readonly field: string; readonly expected: string; readonly found: string }> =
  {
    code: "EST-310",
    name: "field-type",
    severity: "error",
    message: ({ field, expected, found }) => `${shorten(field)} must be ${expected}, but is ${shorten(found)}.`,
    hint: ({ expected, found }) =>
      expected === "a string" && /^a (?:number|boolean)/.test(found)
        ? "The API server does not convert it: put the value in quotes."
        : (formsOfTypes.get(expected) ?? `Write ${expected} here, or leave the field out.`),
  };

export const unknownField: DiagnosticRule<{
  readonly field: string;
  readonly type: string;
  readonly version: string;
  readonly suggestion: string | undefined;
}> = {
  code: "EST-311",
  name: "unknown-field",
  severity: "warning",
  message: ({ field, type, version }) => `${shorten(field)} is no field of ${type} in Kubernetes ${version}.`,
  hint: ({ suggestion }) =>
    suggestion === undefined ? "The API server refuses or ignores it." : `Did you mean ${suggestion}?`,
};

export const badQuantity: DiagnosticRule<{ readonly field: string; readonly text: string }> = {
  code: "EST-312",
  name: "bad-quantity",
  severity: "error",
  message: ({ field, text }) => `${shorten(field)} is "${shorten(text)}", which is no Kubernetes quantity.`,
  hint: () => "Write a number with an optional suffix such as m, k, M, G, Ki, Mi or Gi.",
};

export const outOfRange: DiagnosticRule<{ readonly field: string; readonly value: string; readonly expected: string }> =
  {
    code: "EST-313",
    name: "out-of-range",
    severity: "error",
    message: ({ field, value, expected }) => `${shorten(field)} is ${shorten(value)}, but must be ${expected}.`,
    hint: ({ expected }) => `Write a whole number: ${expected}.`,
  };

export const noContainers: DiagnosticRule<{ readonly object: string }> = {
  code: "EST-314",
  name: "no-containers",
  severity: "error",
  message: ({ object }) => `The pod template of ${object} has no container.`,
  hint: () => "Add an entry with name and image to spec.containers of the pod template.",
};

export const selectorMismatch: DiagnosticRule<{ readonly object: string }> = {
  code: "EST-315",
  name: "selector-mismatch",
  severity: "error",
  message: ({ object }) => `The selector of ${object} does not match the labels of its own pod template.`,
  hint: () => "The API server refuses such an object: give the template every label that the selector asks for.",
};

export const badSelector: DiagnosticRule<{ readonly field: string; readonly reason: string }> = {
  code: "EST-316",
  name: "bad-selector",
  severity: "error",
  message: ({ field, reason }) => `The label selector ${shorten(field)} is not valid: ${shorten(reason)}.`,
  hint: () =>
    "Write matchLabels as a mapping of label to value, and matchExpressions as a list of key, operator and values.",
};

export const unboundAutoscaler: DiagnosticRule<{ readonly autoscaler: string; readonly target: string }> = {
  code: "EST-320",
  name: "unbound-autoscaler",
  severity: "warning",
  message: ({ autoscaler, target }) => `${autoscaler} scales ${shorten(target)}, which is not in its namespace.`,
  hint: ({ target }) =>
    `Correct the scale target (apiVersion, kind, name), or add ${shorten(target)} to the namespace of the autoscaler.`,
};

export const autoscalerBounds: DiagnosticRule<{
  readonly autoscaler: string;
  readonly minimum: number;
  readonly maximum: number;
}> = {
  code: "EST-321",
  name: "autoscaler-bounds",
  severity: "error",
  message: ({ autoscaler, minimum, maximum }) =>
    `${autoscaler} has a minimum of ${minimum} above its maximum of ${maximum}.`,
  hint: () => "Lower the minimum or raise the maximum.",
};

export const twoAutoscalers: DiagnosticRule<{
  readonly workload: string;
  readonly autoscaler: string;
  readonly other: string;
}> = {
  code: "EST-322",
  name: "two-autoscalers",
  severity: "warning",
  message: ({ workload, autoscaler, other }) =>
    `${workload} is scaled by ${autoscaler} and by ${other}, which fight over its replicas; ${autoscaler} is used here.`,
  hint: ({ other }) => `Remove ${other}, or let one autoscaler hold the metrics of both.`,
};

export const danglingReference: DiagnosticRule<{
  readonly from: string;
  readonly target: string;
  readonly suggestion: string | undefined;
}> = {
  code: "EST-323",
  name: "dangling-reference",
  severity: "warning",
  message: ({ from, target }) => `${from} refers to ${shorten(target)}, which is not in the input.`,
  hint: ({ target, suggestion }) =>
    suggestion === undefined
      ? `Correct the name, or add the manifest of ${shorten(target)} to the input.`
      : `Did you mean ${suggestion}?`,
};

export const unusedService: DiagnosticRule<{ readonly service: string }> = {
  code: "EST-324",
  name: "service-without-pods",
  severity: "warning",
  message: ({ service }) => `The selector of ${service} matches the pods of no workload in the input.`,
  hint: () =>
    "Give the selector labels of a pod template in the same namespace, or add the manifests of the workload to the input.",
};

export const opaqueWorkload: DiagnosticRule<{ readonly object: string }> = {
  code: "EST-325",
  name: "opaque-workload",
  severity: "note",
  message: ({ object }) => `${object} runs pods that its operator makes; their requests are not in the manifests.`,
};

export const secretOutsideInput: DiagnosticRule<{
  readonly secret: string;
  /** Names of the workloads that read it. */
  readonly readers: readonly string[];
}> = {
  code: "EST-326",
  name: "secret-outside-input",
  severity: "note",
  message: ({ secret, readers }) => {
    const others = readers.length > 1 ? ` and ${readers.length - 1} more` : "";
    return `Secret/${shorten(secret)} is not in the input; dependencies that it names for ${readers[0] ?? ""}${others} are unknown.`;
  },
};

export const danglingDependency: DiagnosticRule<{
  readonly from: string;
  /** The caller as Applications write it: `namespace/Kind/name`. */
  readonly reference: string;
  readonly host: string;
  readonly suggestion: string | undefined;
}> = {
  code: "EST-330",
  name: "dangling-dependency",
  severity: "warning",
  message: ({ from, host }) => `${from} calls "${shorten(host)}", and no Service of that name is in reach.`,
  hint: ({ reference, host, suggestion }) =>
    `${suggestion === undefined ? "Add the Service to the input" : `Did you mean ${suggestion}?`}${suggestion === undefined ? ", or where" : " Where"} it can do without, declare it in the Application under spec.dependencies: {from: ${reference}, to: "host:${shorten(host)}", type: soft}.`,
};

export const missingServicePort: DiagnosticRule<{
  readonly from: string;
  readonly service: string;
  readonly port: number;
  readonly ports: string;
}> = {
  code: "EST-331",
  name: "missing-service-port",
  severity: "warning",
  message: ({ from, service, port, ports }) => `${from} calls ${service} on port ${port}, but it serves ${ports}.`,
  hint: ({ service, port, ports }) =>
    `Call one of the ports that ${service} serves (${ports}), or add port ${port} to its spec.ports.`,
};

export const externalNameCycle: DiagnosticRule<{ readonly service: string }> = {
  code: "EST-332",
  name: "external-name-cycle",
  severity: "error",
  message: ({ service }) => `The external names that start at ${service} lead back to it.`,
  hint: () => "Let spec.externalName of the last Service name a host outside this circle.",
};

export const undecodableSecret: DiagnosticRule<{ readonly secret: string; readonly key: string }> = {
  code: "EST-333",
  name: "undecodable-secret",
  severity: "error",
  message: ({ secret, key }) => `The key ${shorten(key)} of ${secret} is not base64.`,
  hint: () => "Values under data are base64; plain text belongs under stringData.",
};

/** Every rule of manifests and dependencies, for the catalogue. */
export const manifestDiagnosticRules = [
  notAnObject,
  noKubernetesObject,
  missingTypeField,
  missingName,
  toolConfiguration,
  badList,
  duplicateObject,
  fieldType,
  unknownField,
  badQuantity,
  outOfRange,
  noContainers,
  selectorMismatch,
  badSelector,
  unboundAutoscaler,
  autoscalerBounds,
  twoAutoscalers,
  danglingReference,
  unusedService,
  opaqueWorkload,
  secretOutsideInput,
  danglingDependency,
  missingServicePort,
  externalNameCycle,
  undecodableSecret,
] as const;
