import { groupKind } from "../../estate/kubernetes/group-kind.ts";
import { asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { NamespaceScope, ObjectIndex } from "../../estate/kubernetes/object-index.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";

const gatewayGroup = "gateway.networking.k8s.io";

/**
 * Whether a route may send to a Service: in its own namespace it may; a route of the Gateway API may in another one where a
 * ReferenceGrant of that namespace says so. Source: Gateway API, ReferenceGrant, v1.
 */
export function mayReferTo(
  objects: ObjectIndex,
  route: PlacedObject,
  target: NamespaceScope,
  service: string,
): boolean {
  const { kind } = route.object;
  if (target.namespace === route.namespace || groupKind(route.object) !== `${kind}.${gatewayGroup}`) return true;
  return objects
    .ofKind(`ReferenceGrant.${gatewayGroup}`)
    .filter(({ environment, cluster }) => environment === target.environment && cluster === target.cluster)
    .filter(({ namespace }) => namespace === target.namespace)
    .map(({ object }) => asObject(object.value.spec))
    .some((spec) => {
      const from = asList(spec.from).map(asObject);
      const to = asList(spec.to).map(asObject);
      return (
        from.some((each) => each.group === gatewayGroup && each.kind === kind && each.namespace === route.namespace) &&
        to.some(
          (each) => (each.group ?? "") === "" && each.kind === "Service" && (asText(each.name) ?? service) === service,
        )
      );
    });
}
