import { asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { ServiceEndpoint, Workload } from "../../estate/kubernetes/workload.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import { holdsVariable } from "../estate-lookup/unresolved.ts";

export interface UnresolvedPort {
  readonly field: FieldPath;
  readonly message: string;
  /** Why it is not certain; empty where it is. */
  readonly missing: readonly string[];
}

/**
 * The first target port by name that no container of some selected workload declares. Ports by number always resolve:
 * declared ports are mere information.
 */
export function unresolvedTargetPort(
  service: ServiceEndpoint,
  workloads: readonly Workload[],
): UnresolvedPort | undefined {
  const ports = asList(asObject(service.object.value.spec).ports);
  for (const [position, value] of ports.entries()) {
    const name = asText(asObject(value).targetPort);
    if (name === undefined || /^\d+$/.test(name)) continue;
    const workload = workloads.find((each) => !each.opaque && !declaresPort(each, name));
    if (workload === undefined) continue;
    return {
      field: ["spec", "ports", position, "targetPort"],
      message: `Service ${service.name} sends to port "${name}" of ${workload.label}, which none of its containers declares: it has no endpoint there.`,
      missing: holdsVariable(name) ? ["unresolved-variable"] : [],
    };
  }
  return undefined;
}

/** True when a container, or a sidecar, declares a port of that name. */
export function declaresPort({ containers }: Workload, name: string): boolean {
  return containers
    .filter(({ role }) => role === "main" || role === "sidecar")
    .some(({ value }) => asList(value.ports).some((port) => asObject(port).name === name));
}
