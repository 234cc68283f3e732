import { type Cidr, containsRange, overlaps, parseCidr } from "../../estate/model/cidr.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";

interface AddressRange {
  readonly cidr: string;
  readonly except: readonly string[];
}

/** Where pods have their addresses when nothing is declared: RFC 1918, RFC 6598 and RFC 4193. */
const privateRanges = readRanges(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"]);

/** Plugins that give pods addresses of the virtual network. */
const networkPlugins: ReadonlySet<string> = new Set(["azureNodeSubnet", "azurePodSubnet"]);

/** Whether pods of both clusters have addresses of one network, which it routes between them. */
export function sharePodNetwork(one: Cluster, other: Cluster): boolean {
  const [ours, theirs] = [one.network, other.network];
  return (
    ours.name !== undefined &&
    ours.name === theirs.name &&
    [ours, theirs].every(({ plugin }) => networkPlugins.has(plugin))
  );
}

/**
 * Whether a range holds the address of a pod; undefined when it holds only part of the addresses that the pod may have.
 * Pods on the host network, and all pods where the plugin says so, are somewhere in the address space of the network; the
 * pod range of overlays is not declared, so any private address may be a pod's.
 */
export function rangeHoldsPod(
  { networks }: Pick<Estate, "networks">,
  cluster: Cluster,
  range: AddressRange,
  { hostNetwork }: { readonly hostNetwork: boolean },
): boolean | undefined {
  const outer = parseCidr(range.cidr);
  const exceptions = readRanges(range.except);
  if (outer === undefined || exceptions.length < range.except.length) return undefined;
  const inNetwork = hostNetwork || networkPlugins.has(cluster.network.plugin);
  const network = inNetwork ? networks.find(({ name }) => name === cluster.network.name) : undefined;
  const space = readRanges(network?.addressSpace ?? []);
  const isDeclared = space.length > 0 && space.length === network?.addressSpace.length;
  const possible = isDeclared ? space : privateRanges;
  if (!possible.some((each) => mayHold(outer, exceptions, each))) return false;
  const everything = outer.version === 4 && outer.prefixLength === 0 && exceptions.length === 0;
  const holdsAll =
    isDeclared && space.every((each) => containsRange(outer, each) && !exceptions.some((one) => overlaps(one, each)));
  return everything || holdsAll ? true : undefined;
}

function mayHold(outer: Cidr, exceptions: readonly Cidr[], space: Cidr): boolean {
  if (!overlaps(outer, space)) return false;
  const common = containsRange(outer, space) ? space : outer;
  return !exceptions.some((exception) => containsRange(exception, common));
}

function readRanges(texts: readonly string[]): readonly Cidr[] {
  return texts.flatMap((text) => parseCidr(text) ?? []);
}
