import type { PlacedObject } from "../model/estate.ts";
import type { Place } from "../sources/place.ts";
import { asInteger, asList, asObject, asText, isJsonObject } from "./json-value.ts";
import type { JsonObject } from "./kubernetes-object.ts";
import { type NamespaceScope, type ObjectIndex, objectId } from "./object-index.ts";
import { type LabelSelector, readLabelSelector } from "./selector.ts";

export type NetworkProtocol = "TCP" | "UDP" | "SCTP";

/**
 * Who may stand at the other end. `pods`: pods of the namespaces that match (`namespaces` undefined: the policy's own) whose
 * labels match (`pods` undefined: all); `addresses`: a CIDR range less exceptions.
 */
export type PolicyPeer =
  | { readonly kind: "pods"; readonly namespaces: LabelSelector | undefined; readonly pods: LabelSelector | undefined }
  | { readonly kind: "addresses"; readonly cidr: string; readonly except: readonly string[] };

/** Ports of one protocol: all, one by name (resolved on the destination pod), or an inclusive range. */
interface PolicyPort {
  readonly protocol: NetworkProtocol;
  readonly port:
    | { readonly kind: "all" }
    | { readonly kind: "named"; readonly name: string }
    | { readonly kind: "range"; readonly first: number; readonly last: number };
}

/** One rule: any of the peers (undefined: anybody) on any of the ports (undefined: every port and protocol). */
export interface PolicyRule {
  readonly peers: readonly PolicyPeer[] | undefined;
  readonly ports: readonly PolicyPort[] | undefined;
  /** Computed on demand: most rules are never shown. */
  readonly place: () => Place;
}

/** A NetworkPolicy of networking.k8s.io. A direction that is undefined is not restricted by it. */
export interface NetworkPolicy extends NamespaceScope {
  readonly id: string;
  readonly name: string;
  readonly pods: LabelSelector;
  readonly ingress: readonly PolicyRule[] | undefined;
  readonly egress: readonly PolicyRule[] | undefined;
  readonly place: Place;
}

/**
 * Every NetworkPolicy whose pod selector can be read (one that cannot is reported where types are checked). A missing
 * `podSelector` counts as empty, which selects all pods of the namespace.
 */
export function readNetworkPolicies(index: ObjectIndex): readonly NetworkPolicy[] {
  return index
    .ofKind("NetworkPolicy.networking.k8s.io", "NetworkPolicy.extensions")
    .flatMap((placed): NetworkPolicy[] => {
      const spec = asObject(placed.object.value.spec);
      const pods = readLabelSelector(spec.podSelector ?? {});
      if (pods === undefined) return [];
      const types = effectiveTypes(spec);
      const { environment, cluster, namespace, object } = placed;
      return [
        {
          environment,
          cluster,
          namespace,
          id: objectId(placed),
          name: object.name,
          pods,
          ingress: types.has("Ingress") ? readRules(placed, spec, "ingress", "from") : undefined,
          egress: types.has("Egress") ? readRules(placed, spec, "egress", "to") : undefined,
          place: object.locate([]),
        },
      ];
    });
}

/** Without `policyTypes` ingress is restricted, and egress when there is an egress rule. */
function effectiveTypes(spec: JsonObject): ReadonlySet<unknown> {
  const stated = asList(spec.policyTypes);
  if (stated.length > 0) return new Set(stated);
  return new Set(asList(spec.egress).length > 0 ? ["Ingress", "Egress"] : ["Ingress"]);
}

function readRules(
  placed: PlacedObject,
  spec: JsonObject,
  direction: string,
  peerField: string,
): readonly PolicyRule[] {
  return asList(spec[direction]).map((value, position) => {
    const rule = asObject(value);
    const peers = asList(rule[peerField]);
    const ports = asList(rule.ports);
    return {
      peers: peers.length === 0 ? undefined : peers.flatMap(readPeer),
      ports: ports.length === 0 ? undefined : ports.flatMap(readPort),
      place: () => placed.object.locate(["spec", direction, position]),
    };
  });
}

/** A peer that states nothing, or what cannot be read, lets nobody in. */
function readPeer(value: unknown): readonly PolicyPeer[] {
  const { ipBlock, podSelector, namespaceSelector } = asObject(value);
  if (isJsonObject(ipBlock)) {
    const cidr = asText(ipBlock.cidr);
    const except = asList(ipBlock.except).filter((range) => typeof range === "string");
    return cidr === undefined ? [] : [{ kind: "addresses", cidr, except }];
  }
  const namespaces = readLabelSelector(namespaceSelector);
  const pods = readLabelSelector(podSelector);
  const isUnreadable =
    (isPresent(namespaceSelector) && namespaces === undefined) || (isPresent(podSelector) && pods === undefined);
  if (isUnreadable || (namespaces === undefined && pods === undefined)) return [];
  return [{ kind: "pods", namespaces, pods }];
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** A port that cannot be read opens nothing. */
function readPort(value: unknown): readonly PolicyPort[] {
  const { protocol: stated, port, endPort } = asObject(value);
  const protocol = stated === undefined || stated === null ? "TCP" : stated;
  if (protocol !== "TCP" && protocol !== "UDP" && protocol !== "SCTP") return [];
  if (!isPresent(port)) return [{ protocol, port: { kind: "all" } }];
  const name = asText(port);
  if (name !== undefined) return [{ protocol, port: { kind: "named", name } }];
  const first = asInteger(port);
  const last = isPresent(endPort) ? asInteger(endPort) : first;
  if (first === undefined || last === undefined || first < 1 || last > 65535 || last < first) return [];
  return [{ protocol, port: { kind: "range", first, last } }];
}
