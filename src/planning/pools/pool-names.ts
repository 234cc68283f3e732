import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import type { PodClass } from "./pod-class.ts";

/** AKS allows so many characters in the name of a pool. */
const longest = { linux: 12, windows: 6 } as const;

/**
 * Names of the pools of one cluster: what they are for. A declared pool's name is kept where the pool can stay; where the
 * size, the zones or the runtime differ the new one has to have another name, since these cannot be changed in place.
 */
export class PoolNames {
  readonly #declared: ReadonlyMap<string, NodePool>;
  readonly #taken = new Set<string>();

  constructor({ nodePools }: Cluster) {
    this.#declared = new Map(nodePools.map((pool) => [pool.name, pool]));
  }

  nameOf(
    { podClass, isSystemOnly }: { readonly podClass: PodClass; readonly isSystemOnly: boolean },
    pool: NodePool,
    index: number,
  ): string {
    const most = longest[podClass.operatingSystem];
    const base = isSystemOnly ? "system".slice(0, most) : shortPurpose(podClass, suffixOf(index), most);
    const same = [...this.#declared.values()].find(
      (declared) => declared.name === base && isSamePool(declared, pool) && !this.#taken.has(base),
    );
    const name = same?.name ?? this.#unused(base, most);
    this.#taken.add(name);
    return name;
  }

  #unused(base: string, most: number): string {
    for (let number = 1; ; number += 1) {
      const suffix = number === 1 ? "" : String(number);
      const name = `${base.slice(0, most - suffix.length)}${suffix}`;
      if (!this.#taken.has(name) && !this.#declared.has(name)) return name;
    }
  }
}

/** Pools of one class beside the first: b, c, … */
function suffixOf(index: number): string {
  return index === 0 ? "" : String.fromCharCode("a".charCodeAt(0) + index);
}

/** What AKS cannot change on a pool that is there. */
export function isSamePool(declared: NodePool, planned: NodePool): boolean {
  return (
    declared.vmSize === planned.vmSize &&
    declared.zones.join() === planned.zones.join() &&
    declared.workloadRuntime === planned.workloadRuntime &&
    declared.spot === planned.spot &&
    declared.maxPods === planned.maxPods &&
    declared.osDisk.type === planned.osDisk.type
  );
}

/** Fits the tenant's name to what the words after it leave: first these are shortened, then the tenant loses its last words. */
function shortPurpose(podClass: PodClass, suffix: string, most: number): string {
  const { exclusiveTo, operatingSystem } = podClass;
  const full = `${plain(purposeOf(podClass))}${suffix}`;
  if (exclusiveTo === undefined) return full.length <= most ? full : `${traits(podClass)}${suffix}`.slice(0, most);
  if (full !== "" && full.length <= most && operatingSystem === "linux") return startsWithLetter(full);
  const rest = `${traits(podClass)}${suffix}`;
  return `${startsWithLetter(shortTenant(exclusiveTo, Math.max(1, most - rest.length)))}${rest}`.slice(0, most);
}

/** `vm`, since each pod of a sandbox has one of its own. */
function traits({ sandboxed, operatingSystem, architecture, gpu, spot }: PodClass): string {
  return [
    ...(sandboxed ? ["vm"] : []),
    ...(operatingSystem === "windows" ? ["win"] : []),
    ...(architecture === "arm64" ? ["arm"] : []),
    ...(gpu ? ["gpu"] : []),
    ...(spot ? ["spot"] : []),
  ].join("");
}

/** Whole words while they fit; one word that is too long loses its end. */
function shortTenant(tenant: string, most: number): string {
  const words = tenant
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  let name = "";
  for (const word of words) {
    if (name.length + word.length > most) break;
    name += word;
  }
  return name === "" ? (words[0] ?? "pool").slice(0, most) : name;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** AKS wants a letter first. */
function startsWithLetter(name: string): string {
  return /^[a-z]/.test(name) ? name : `p${name.slice(1)}`;
}

/** What the pods of a class have in common, in one word: `general`, or what sets them apart. */
export function purposeOf({ exclusiveTo, sandboxed, operatingSystem, architecture, gpu, spot }: PodClass): string {
  const parts = [
    ...(exclusiveTo === undefined ? [] : [exclusiveTo]),
    ...(sandboxed ? ["sandbox"] : []),
    ...(operatingSystem === "windows" ? ["win"] : []),
    ...(architecture === "arm64" ? ["arm"] : []),
    ...(gpu ? ["gpu"] : []),
    ...(spot ? ["spot"] : []),
  ];
  return parts.length === 0 ? "general" : parts.join("-");
}
