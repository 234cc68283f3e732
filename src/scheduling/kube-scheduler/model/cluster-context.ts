import { asObject, asStringMap, asText, type StringMap } from "../../../estate/kubernetes/json-value.ts";
import { type LabelSelector, readLabelSelector, selectorOfLabels } from "../../../estate/kubernetes/selector.ts";

/** A Service's selector, or that of a controller, which default spreading counts by. */
interface NamedSelector {
  readonly namespace: string;
  readonly selector: LabelSelector;
}

/** A PodDisruptionBudget as preemption sees it. */
interface DisruptionLimit {
  readonly namespace: string;
  readonly selector: LabelSelector;
  /** Pods that may go now (`status.disruptionsAllowed`). */
  readonly disruptionsAllowed: number;
}

/** What the scheduler reads besides nodes, pods and volumes. Does not change while pods are scheduled. */
export interface ClusterContext {
  /** Services with a selector; those without select nothing. */
  readonly services: readonly NamedSelector[];
  /** By `Kind/namespace/name` of ReplicaSets, StatefulSets and ReplicationControllers. */
  readonly controllers: ReadonlyMap<string, LabelSelector>;
  /** Labels by name of a namespace; each has `kubernetes.io/metadata.name` besides. */
  readonly namespaceLabels: ReadonlyMap<string, StringMap>;
  readonly disruptionLimits: readonly DisruptionLimit[];
}

export const emptyContext: ClusterContext = {
  services: [],
  controllers: new Map(),
  namespaceLabels: new Map(),
  disruptionLimits: [],
};

/** Reads the objects that a context is made of; others are passed over. */
export function readContext(objects: readonly unknown[]): ClusterContext {
  const services: NamedSelector[] = [];
  const controllers = new Map<string, LabelSelector>();
  const namespaceLabels = new Map<string, StringMap>();
  const disruptionLimits: DisruptionLimit[] = [];
  for (const value of objects) {
    const object = asObject(value);
    const { name, namespace, labels } = asObject(object.metadata);
    const inNamespace = asText(namespace) ?? "default";
    const spec = asObject(object.spec);
    switch (object.kind) {
      case "Service": {
        const selector = asStringMap(spec.selector);
        if (Object.keys(selector).length > 0)
          services.push({ namespace: inNamespace, selector: selectorOfLabels(selector) });
        break;
      }
      case "ReplicationController":
      case "ReplicaSet":
      case "StatefulSet": {
        const isOld = object.kind === "ReplicationController";
        const selector = isOld ? selectorOfLabels(asStringMap(spec.selector)) : readLabelSelector(spec.selector);
        if (selector !== undefined) controllers.set(`${object.kind}/${inNamespace}/${asText(name) ?? ""}`, selector);
        break;
      }
      case "Namespace":
        namespaceLabels.set(asText(name) ?? "", asStringMap(labels));
        break;
      case "PodDisruptionBudget": {
        const selector = readLabelSelector(spec.selector);
        const allowed = asObject(object.status).disruptionsAllowed;
        if (selector !== undefined)
          disruptionLimits.push({
            namespace: inNamespace,
            selector,
            disruptionsAllowed: typeof allowed === "number" ? allowed : 0,
          });
        break;
      }
      default:
        break;
    }
  }
  return { services, controllers, namespaceLabels, disruptionLimits };
}

/** A namespace's labels with the one that the API server adds. */
export function labelsOfNamespace(context: ClusterContext, namespace: string): StringMap {
  return { ...context.namespaceLabels.get(namespace), "kubernetes.io/metadata.name": namespace };
}
