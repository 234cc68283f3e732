import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { givenContainer, givenWorkload } from "../../../scheduling/testing/given-workload.ts";
import { givenSample, givenSubject, profileOf } from "../testing/given-sizing.ts";
import { javaHeap } from "./heap.ts";
import { memoryFloors, proposeRequests, requestStrategies, tooFewSamples } from "./propose-requests.ts";
import { containerSizings, resizeWorkload } from "./resize-workload.ts";
import { sizingRisk } from "./risk.ts";

const mebibyte = 2 ** 20;

/** Steady samples by the minute. */
function steady(count: number, cpu: number, memoryMiB: number) {
  return Array.from({ length: count }, (_, index) => givenSample(index * 60, cpu, memoryMiB));
}

describe("proposed requests", () => {
  test("of the histogram are the end of the bucket × 1.15, rounded up", () => {
    const { cpu, memory, confidence } = proposeRequests(
      givenSubject(),
      profileOf(steady(1_440, 200, 600)),
      "histogram",
    );
    // 0.2 cores fall into bucket 14 of 0.196..0.2158 cores: 0.01 × (1.05^15 - 1) / 0.05 × 1.15 = 248.2m.
    expect(cpu.proposed).toBe(249);
    expect(cpu.because).toBe("usage");
    // 600 MiB into the bucket that ends at 1e7 × (1.05^30 - 1) / 0.05 = 664,388,475 bytes; × 1.15 = 728.7 MiB.
    expect(memory.proposed).toBe(729 * mebibyte);
    expect(confidence).toBeCloseTo(1_439 / 1_440, 9);
  });

  test("have bounds that close in with confidence, as VPA computes them", () => {
    const narrow = proposeRequests(givenSubject(), profileOf(steady(1_440, 200, 600)), "histogram").cpu;
    const wide = proposeRequests(givenSubject(), profileOf(steady(240, 200, 600)), "histogram").cpu;
    // 248.157m × (1 + 1 / conf), conf = 1,439 / 1,440 and 239 / 1,440.
    expect(narrow.upper).toBe(Math.ceil(248.1568 * (1 + 1_440 / 1_439)));
    expect(wide.upper).toBe(Math.ceil(248.1568 * (1 + 1_440 / 239)));
    expect(narrow.lower).toBeLessThanOrEqual(narrow.proposed);
  });

  test("of the percentile strategy are P95 of CPU and the peak of memory × 1.15", () => {
    const samples = Array.from({ length: 100 }, (_, index) => givenSample(index * 120, index + 1, 500));
    const { cpu, memory } = proposeRequests(givenSubject(), profileOf(samples), "percentile");
    expect(cpu.proposed).toBeGreaterThanOrEqual(95);
    expect(cpu.proposed).toBeLessThanOrEqual(96);
    expect(memory.proposed).toBe(575 * mebibyte);
  });

  test("never go below a minimum, which never raises a request", () => {
    const idle = profileOf(steady(200, 1, 20));
    const low = proposeRequests(givenSubject(), idle, "histogram");
    expect([low.cpu.proposed, low.memory.proposed]).toEqual([25, 250 * mebibyte]);
    const tiny = givenSubject({ current: { cpuMillicores: 20, memoryBytes: 64 * mebibyte } });
    const same = proposeRequests(tiny, idle, "histogram");
    expect([same.cpu.proposed, same.memory.proposed]).toEqual([20, 64 * mebibyte]);
  });

  test("go above what a kill says was too little", () => {
    const killed = profileOf(
      [...steady(200, 100, 400), givenSample(13_000, 100, 400, { oomKills: 1 })],
      512 * mebibyte,
    );
    const { memory } = proposeRequests(givenSubject({ limits: { memoryBytes: 512 * mebibyte } }), killed, "percentile");
    expect(memory).toMatchObject({ proposed: 640 * mebibyte, because: "oomKill" });
  });

  test("keep CPU where an autoscaler divides by it, or where the limit hides the demand", () => {
    const profile = profileOf(steady(200, 198, 100));
    expect(proposeRequests(givenSubject({ autoscaled: new Set(["cpu"]) }), profile, "histogram").cpu).toMatchObject({
      proposed: 500,
      because: "autoscaler",
    });
    const throttled = givenSubject({ limits: { cpuMillicores: 200 } });
    expect(proposeRequests(throttled, profile, "histogram").cpu).toMatchObject({ proposed: 500, because: "throttled" });
  });

  test("leave room for a Java heap, and keep the limit that a heap follows", () => {
    const profile = profileOf(steady(200, 100, 300));
    const fixed = givenSubject({ heap: { kind: "fixed", bytes: 800 * mebibyte } });
    expect(proposeRequests(fixed, profile, "histogram").memory).toMatchObject({
      proposed: 1_000 * mebibyte,
      because: "heap",
    });
    const follows = givenSubject({
      heap: { kind: "followsLimit" },
      limits: { memoryBytes: 1024 * mebibyte },
      guaranteed: { cpu: false, memory: true },
    });
    expect(proposeRequests(follows, profile, "histogram").memory.proposed).toBe(1024 * mebibyte);
  });

  test("are never below the peak, a kill or a heap, whatever the samples and the strategy", () => {
    const sample = fc.record({
      cpu: fc.double({ min: 0, max: 4_000, noNaN: true }),
      memory: fc.double({ min: 0, max: 12_000, noNaN: true }),
      oomKills: fc.constantFrom(0, 0, 0, 1),
    });
    fc.assert(
      fc.property(
        fc.array(sample, { minLength: 1, maxLength: 80 }),
        fc.constantFrom(...requestStrategies),
        fc.option(fc.integer({ min: 16, max: 4_096 }), { nil: undefined }),
        (given, strategy, limitMiB) => {
          const limit = limitMiB === undefined ? undefined : limitMiB * mebibyte;
          const samples = given.map(({ cpu, memory, oomKills }, index) =>
            givenSample(index * 3_600, cpu, memory, oomKills > 0 ? { oomKills } : {}),
          );
          const profile = profileOf(samples, limit);
          const subject = givenSubject({ limits: limit === undefined ? {} : { memoryBytes: limit } });
          const { cpu, memory } = proposeRequests(subject, profile, strategy);
          for (const { bytes } of memoryFloors(subject, profile, strategy)) {
            expect(memory.proposed).toBeGreaterThanOrEqual(bytes - 2);
          }
          expect(memory.proposed).toBeGreaterThanOrEqual((profile.killedAtBytes ?? 0) - 2);
          for (const each of [cpu, memory]) {
            expect(each.lower).toBeLessThanOrEqual(each.proposed);
            expect(each.upper).toBeGreaterThanOrEqual(each.proposed);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("are refused for too few samples, or too short a span", () => {
    expect(tooFewSamples(profileOf(steady(99, 1, 1)))).toBe(
      "99 samples of CPU, at least 100 are needed".replace("CPU", "memory"),
    );
    expect(tooFewSamples(profileOf(steady(120, 1, 1)))).toBe("samples over 2 h, at least 3 h are needed");
    expect(tooFewSamples(profileOf(steady(200, 1, 1)))).toBeUndefined();
  });
});

describe("a resized workload", () => {
  const container = (name: string, cpu: number, memoryMiB: number, limits = {}) => ({
    ...givenContainer(name),
    requests: { cpuMillicores: cpu, memoryBytes: memoryMiB * mebibyte },
    limits,
  });

  test("shares the proposal out as its containers ask now, and raises a limit but lowers none", () => {
    const workload = {
      ...givenWorkload({ name: "web", cpu: 500, memoryMiB: 1024 }),
      containers: [
        container("app", 400, 768, { memoryBytes: 900 * mebibyte }),
        container("proxy", 100, 256, { memoryBytes: 100 * mebibyte }),
      ],
    };
    const subject = givenSubject({ workload });
    const proposed = proposeRequests(subject, profileOf(steady(1_440, 200, 600)), "histogram");
    const containers = containerSizings(subject, proposed);
    expect(containers.map(({ requests }) => requests.cpuMillicores)).toEqual([199, 50]);
    expect(containers.reduce((sum, { requests }) => sum + requests.memoryBytes, 0)).toBe(proposed.memory.proposed);
    expect(containers[0]?.limits.memoryBytes).toBe(900 * mebibyte);
    expect(containers[1]?.limits.memoryBytes).toBe(containers[1]?.requests.memoryBytes);
    expect(resizeWorkload(subject, containers).podRequests).toEqual({
      cpuMillicores: 249,
      memoryBytes: proposed.memory.proposed,
    });
  });

  test("is risky where CPU stays in its limit or memory near it", () => {
    const profile = profileOf(steady(1_500, 198, 990));
    const limits = { cpuMillicores: 200, memoryBytes: 1_000 * mebibyte };
    const subject = givenSubject({
      limits,
      workload: { ...givenWorkload({ name: "web" }), containers: [container("app", 500, 1_000, limits)] },
    });
    const proposed = proposeRequests(subject, profile, "histogram");
    const tight = [{ name: "app", requests: { cpuMillicores: 500, memoryBytes: 0 }, limits }];
    expect(sizingRisk(profile, proposed, tight)).toMatchObject({ level: "high", throttledSamples: 1 });
    const calm = sizingRisk(profile, proposed, [
      { name: "app", requests: tight[0]?.requests ?? subject.current, limits: {} },
    ]);
    expect(calm).toMatchObject({ level: "low", memorySamplesAbove: 0, memoryPeakOfLimit: undefined });
  });
});

describe("a Java heap", () => {
  const heapOf = (value: object, image = "example.azurecr.io/app:1") =>
    javaHeap({ ...givenWorkload({ name: "web" }), containers: [{ ...givenContainer("app", { ...value }), image }] });

  test("is read from options, commands and images", () => {
    const options = (value: string) => heapOf({ env: [{ name: "JAVA_TOOL_OPTIONS", value }] });
    expect(options("-Xms1g -Xmx2g -XX:+UseG1GC")).toEqual({ kind: "fixed", bytes: 2 ** 31 });
    expect(options("-XX:MaxRAMPercentage=75")).toEqual({ kind: "followsLimit" });
    expect(heapOf({ command: ["java", "-Xmx512m", "-jar", "app.jar"] })).toEqual({ kind: "fixed", bytes: 2 ** 29 });
    expect(heapOf({}, "docker.io/library/eclipse-temurin:21")).toEqual({ kind: "followsLimit" });
    expect(heapOf({}, "example.azurecr.io/javascript-app:1")).toBeUndefined();
  });
});
