/** A written reference to a workload inside an application: `namespace/Kind/name`. */
export interface WorkloadReference {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
}

/** Reads `namespace/Kind/name`; undefined when it is something else. */
export function parseWorkloadReference(text: string): WorkloadReference | undefined {
  const [namespace, kind, name, ...more] = text.split("/");
  if (namespace === undefined || kind === undefined || name === undefined || more.length > 0) return undefined;
  return { namespace, kind, name };
}

/** The name in a reference such as `CloudService/frontdoor`. */
export function referencedName(text: string): string {
  return text.slice(text.indexOf("/") + 1);
}
