import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daemonOverheads } from "./daemon-overheads.ts";
import { kataOverhead } from "./kata-overhead.ts";
import { defaultMaxPods, defaultOsDiskGiB, ephemeralOsDiskThreshold } from "./node-defaults.ts";
import { nodeReservation } from "./node-reservations.ts";

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

/** Share of the nominal memory that reservation and eviction threshold take, in percent. */
function memoryLost(version: string, memoryGiB: number, maxPods: number): number {
  const { memoryBytes, evictionThresholdBytes } = nodeReservation(version, 4, memoryGiB, maxPods);
  return ((memoryBytes.value + evictionThresholdBytes.value) / (memoryGiB * GIB)) * 100;
}

describe("nodeReservation", () => {
  it.each([
    [1, 60],
    [2, 100],
    [4, 140],
    [8, 180],
    [16, 260],
    [32, 420],
    [64, 740],
    [96, 1_060],
    [128, 1_380],
  ])("takes CPU of %d cores: %d millicores", (cores, millicores) => {
    expect(nodeReservation("1.34", cores, 4 * cores, 110).cpuMillicores.value).toBe(millicores);
  });

  it("reserves the memory that a kubelet of 110 pods shows", () => {
    expect(nodeReservation("1.34", 8, 32, 110).memoryBytes.value).toBe(2_250 * MIB);
  });

  it.each([
    [4, [18.3, 27.4, 27.4, 27.4], 43.3],
    [8, [9.2, 16.5, 26.2, 26.2], 31.7],
    [16, [4.6, 8.2, 14.3, 25.6], 20.8],
    [32, [2.3, 4.1, 7.2, 15.7], 13.4],
    [64, [1.1, 2.1, 3.6, 7.9], 9.7],
    [128, [0.6, 1.0, 1.8, 3.9], 7.9],
  ])("loses these shares of %d GiB with 30, 60, 110 and 250 pods, and before 1.29", (memoryGiB, shares, before) => {
    expect([30, 60, 110, 250].map((pods) => Math.round(memoryLost("1.34", memoryGiB, pods) * 10) / 10)).toEqual(shares);
    expect(memoryLost("1.28", memoryGiB, 110)).toBeCloseTo(before, 1);
  });

  it("reads versions with patch and prefix, and takes what it cannot read for current", () => {
    expect(nodeReservation("v1.28.5", 4, 16, 30).evictionThresholdBytes.value).toBe(750 * MIB);
    expect(nodeReservation("1.29.0", 4, 16, 30).evictionThresholdBytes.value).toBe(100 * MIB);
    expect(nodeReservation("latest", 4, 16, 30).evictionThresholdBytes.value).toBe(100 * MIB);
  });

  it("never takes more than the node has, and never less for more pods or more memory", () => {
    const size = fc.record({ vcpu: fc.integer({ min: 1, max: 400 }), memoryGiB: fc.integer({ min: 2, max: 5_700 }) });
    fc.assert(
      fc.property(size, fc.integer({ min: 10, max: 249 }), fc.constantFrom("1.28", "1.34"), (node, pods, version) => {
        const at = (memoryGiB: number, maxPods: number) => nodeReservation(version, node.vcpu, memoryGiB, maxPods);
        const here = at(node.memoryGiB, pods);
        expect(here.cpuMillicores.value).toBeLessThan(node.vcpu * 1_000);
        expect(here.memoryBytes.value).toBeLessThan(node.memoryGiB * GIB);
        expect(at(node.memoryGiB, pods + 1).memoryBytes.value).toBeGreaterThanOrEqual(here.memoryBytes.value);
        expect(at(node.memoryGiB + 1, pods).memoryBytes.value).toBeGreaterThanOrEqual(here.memoryBytes.value);
      }),
    );
  });
});

describe("defaults of a node", () => {
  it.each([
    ["azureOverlay", 250],
    ["azurePodSubnet", 110],
    ["azureNodeSubnet", 30],
    ["kubenet", 110],
  ])("%s allows %d pods", (plugin, pods) => {
    expect(defaultMaxPods(plugin)).toMatchObject({ value: pods, verified: true });
  });

  it("does not claim to know other plugins", () => {
    expect(defaultMaxPods("none")).toMatchObject({ value: 250, verified: false });
  });

  it.each([
    [2, 128],
    [7, 128],
    [8, 256],
    [15, 256],
    [16, 512],
    [63, 512],
    [64, 1_024],
    [208, 1_024],
  ])("%d vCPU get an OS disk of %d GiB", (vcpu, sizeGiB) => {
    expect(defaultOsDiskGiB(vcpu).value).toBe(sizeGiB);
  });

  it("makes the OS disk ephemeral from 128 GiB of temporary disk", () => {
    expect(ephemeralOsDiskThreshold().value).toBe(128);
  });
});

describe("daemonOverheads", () => {
  it("are recalled, so unverified, within the range to plan with", () => {
    const always = daemonOverheads().filter((daemon) => daemon.onlyWith === undefined);
    const cpu = always.reduce((sum, daemon) => sum + daemon.cpuMillicores.value, 0);
    expect(cpu).toBeGreaterThanOrEqual(300);
    expect(cpu).toBeLessThanOrEqual(450);
    expect(daemonOverheads().every((daemon) => !daemon.cpuMillicores.verified && !daemon.memoryBytes.verified)).toBe(
      true,
    );
  });
});

describe("kataOverhead", () => {
  it("of the default class is fixed, whatever the limit", () => {
    for (const limit of [1, 64 * GIB]) expect(kataOverhead("default", limit)?.memoryBytes.value).toBe(600 * MIB);
  });

  it.each([
    [128, 16],
    [129, 32],
    [1_024, 128],
    [2_048, 256],
    [4_096, 374],
    [131_072, 1_024],
  ])("of a class fitted to %d Mi is %d Mi", (limitMi, overheadMi) => {
    expect(kataOverhead("fitted", limitMi * MIB)?.memoryBytes.value).toBe(overheadMi * MIB);
  });

  it("is unknown beyond the table", () => {
    expect(kataOverhead("fitted", 129 * 1_024 * MIB)).toBeUndefined();
  });
});
