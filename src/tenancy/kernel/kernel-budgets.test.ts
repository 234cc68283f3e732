import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import {
  givenCluster,
  givenEstate,
  givenPool,
  givenTenant,
  givenWorkload,
} from "../../scheduling/testing/given-estate.ts";
import { kernelBudgets } from "./kernel-budgets.ts";
import type { KernelDimension } from "./kernel-dimensions.ts";

const web = givenWorkload({ name: "web", namespace: "a", tenant: "a", cpu: 100, memoryMiB: 64 });
const ledger = givenWorkload({ name: "ledger", namespace: "b", tenant: "b", cpu: 100, memoryMiB: 64 });

function poolOf(given: Partial<Estate>) {
  const estate = givenEstate({ tenants: [givenTenant("a"), givenTenant("b")], workloads: [web, ledger], ...given });
  const [pool] = kernelBudgets(estate, placeWorkloads(estate, defaultCatalog), defaultCatalog).pools;
  if (pool === undefined) throw new Error("no pool");
  const budget = (name: KernelDimension) => {
    const found = pool.budgets.find(({ dimension }) => dimension === name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  };
  return { ...pool, budget };
}

describe("capacity of a node", () => {
  // Standard_D4s_v5 has 16 GiB.
  test.each([
    ["pids", (16 * 1024 ** 3) / (8 * 16 * 1024)],
    ["conntrack", (16 * 1024 ** 3) / 16_384],
    ["inotifyInstances", 1024],
    ["inotifyWatches", 1_048_576],
    ["ephemeralPorts", 60_999 - 32_768 + 1],
    ["ephemeralStorage", 128 * 1024 ** 3 * 0.9],
    ["diskIops", 500],
  ] as const)("%s: %d", (dimension, value) => {
    expect(likelyValue(poolOf({}).budget(dimension).capacity)).toBe(value);
  });

  test.each([
    ["fs.inotify.max_user_watches", 2_000_000, "inotifyWatches", 2_000_000],
    ["fsInotifyMaxUserWatches", "2000000", "inotifyWatches", 2_000_000],
    ["net.ipv4.ip_local_port_range", "1024 60999", "ephemeralPorts", 59_976],
    ["net.ipv4.ip_local_port_range", "60999 1024", "ephemeralPorts", 28_232],
    ["fs.inotify.max_user_watches", "many", "inotifyWatches", 1_048_576],
  ] as const)("%s: %s", (name, value, dimension, expected) => {
    const clusters = [givenCluster({ nodePools: [givenPool({ linux: { sysctls: { [name]: value } } })] })];
    expect(likelyValue(poolOf({ clusters }).budget(dimension).capacity)).toBe(expected);
  });

  test("of a local disk and of a size that nobody knows is not evaluable", () => {
    const local = [givenCluster({ nodePools: [givenPool({ osDisk: { type: "Ephemeral", sizeGiB: 100 } })] })];
    expect(poolOf({ clusters: local }).budget("diskIops").verdict).toBe("notEvaluable");
    expect(likelyValue(poolOf({ clusters: local }).budget("ephemeralStorage").capacity)).toBe(100 * 1024 ** 3 * 0.9);
  });
});

describe("inotify", () => {
  const running = (user: number | undefined, hostUsers?: boolean) => ({
    ...(user === undefined ? {} : { securityContext: { runAsUser: user } }),
    ...(hostUsers === undefined ? {} : { hostUsers }),
  });
  const load = (one: object, other: object) =>
    likelyValue(
      poolOf({
        workloads: [
          { ...web, podSpec: { ...web.podSpec, ...one } },
          { ...ledger, podSpec: { ...ledger.podSpec, ...other } },
        ],
      }).budget("inotifyInstances").demand,
    );

  test("is counted by user: what runs as different users does not add up", () => {
    const alone = load(running(1001), running(1002)) ?? 0;
    expect(alone).toBeGreaterThan(0);
    expect(load(running(1001), running(1001))).toBe(2 * alone);
    // Both namespaces are made by root, and root is charged.
    expect(load(running(1001, false), running(1002, false))).toBe(2 * alone);
    expect(load(running(undefined), running(1001))).toBe(2 * alone);
  });

  test("starves for sure by one user, perhaps where the image decides", () => {
    const starves = (one: object, other: object) =>
      poolOf({
        workloads: [
          { ...web, podSpec: { ...web.podSpec, ...one } },
          { ...ledger, podSpec: { ...ledger.podSpec, ...other } },
        ],
      }).starvation.filter(({ dimension, by }) => dimension === "inotifyInstances" && by === "a");
    expect(starves(running(1), running(1)).map(({ certain }) => certain)).toEqual([true]);
    expect(starves(running(1), running(undefined)).map(({ certain }) => certain)).toEqual([false]);
    expect(starves(running(1), running(2))).toEqual([]);
  });
});

test("a limit of process ids a pod keeps a tenant from taking them all", () => {
  const starving = (podMaxPids?: number) => {
    const linux = { sysctls: {}, ...(podMaxPids === undefined ? {} : { podMaxPids }) };
    const clusters = [givenCluster({ nodePools: [givenPool({ linux })] })];
    return poolOf({ clusters })
      .starvation.filter(({ dimension }) => dimension === "pids")
      .map(({ by }) => by);
  };
  expect(starving()).toEqual(["a", "b"]);
  expect(starving(-1)).toEqual(["a", "b"]);
  expect(starving(1024)).toEqual([]);
});
