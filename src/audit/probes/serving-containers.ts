import { asInteger, asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Container, ServiceEndpoint, Workload } from "../../estate/kubernetes/workload.ts";

/**
 * True for a container at which a Service before the pod arrives: it declares a target port. Declared ports are mere
 * information in Kubernetes, so where no container declares one of the targets, those that declare any port may be meant,
 * and where none does, each of them.
 */
export function isServing(workload: Workload, container: Container, services: readonly ServiceEndpoint[]): boolean {
  const targets = new Set(services.flatMap(({ ports }) => ports.map(({ port, targetPort }) => targetPort ?? port)));
  const running = workload.containers.filter(({ role }) => role === "main" || role === "sidecar");
  if (running.some((each) => declaresOne(each, targets))) return declaresOne(container, targets);
  return !running.some((each) => portsOf(each).length > 0) || portsOf(container).length > 0;
}

function declaresOne(container: Container, targets: ReadonlySet<number | string>): boolean {
  return portsOf(container).some(({ name, containerPort }) => {
    const number = asInteger(containerPort);
    return (
      targets.has(asText(name) ?? "") || (number !== undefined && (targets.has(number) || targets.has(String(number))))
    );
  });
}

function portsOf({ value }: Container): readonly JsonObject[] {
  return asList(value.ports).map(asObject);
}
