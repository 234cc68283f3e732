import { describe, expect, test } from "vitest";
import { givenSample, profiled, profileOf } from "../testing/given-sizing.ts";

const mebibyte = 2 ** 20;
const day = 86_400;

describe("a usage profile", () => {
  test("keeps one peak of memory a day and pod", () => {
    // Day one: 100, then 300, then 200; day two: 150. Two peaks, 300 and, twice as heavy, 150.
    const { decayingMemory } = profileOf([
      givenSample(0, 1, 100),
      givenSample(3_600, 1, 300),
      givenSample(7_200, 1, 200),
      givenSample(day + 60, 1, 150),
    ]);
    expect(decayingMemory.percentile(0.66)).toBeGreaterThanOrEqual(150 * mebibyte);
    expect(decayingMemory.percentile(0.66)).toBeLessThan(170 * mebibyte);
    expect(decayingMemory.percentile(0.67)).toBeGreaterThanOrEqual(300 * mebibyte);
  });

  test("takes the busiest pod's percentile, and the largest sum at one time", () => {
    const other = { pod: "web-b" };
    const profile = profileOf([
      givenSample(0, 100, 10),
      givenSample(0, 300, 10, other),
      givenSample(60, 250, 10),
      givenSample(60, 200, 10, other),
    ]);
    expect(profile.pods).toBe(2);
    expect(profile.largestPodPercentile).toBeCloseTo(300, 6);
    expect(profile.totalPeak.cpuMillicores).toBeCloseTo(450, 6);
  });

  test("takes pods that were not sampled to use as much as those that were", () => {
    expect(profileOf([givenSample(0, 100, 10)]).totalPeak.cpuMillicores).toBeCloseTo(200, 6);
  });

  test("shares the usage of a whole workload out to its pods", () => {
    const profile = profileOf([givenSample(0, 600, 400, { pod: undefined, workload: "web" })]);
    expect(profile.sharedOut).toBe(true);
    expect(profile.cpu.peak).toBeCloseTo(300, 6);
    expect(profile.memory.peak).toBeCloseTo(200 * mebibyte, 0);
    expect(profile.totalPeak.cpuMillicores).toBeCloseTo(600, 6);
  });

  test("remembers the memory of a kill: the limit where there is one", () => {
    const kill = [givenSample(0, 1, 500), givenSample(60, 1, 20, { oomKills: 2 })];
    expect(profileOf(kill, 600 * mebibyte)).toMatchObject({ oomKills: 2, killedAtBytes: 600 * mebibyte });
    // Without a limit the request of 1 GiB, which is more than was seen.
    expect(profileOf(kill).killedAtBytes).toBe(1024 * mebibyte);
  });

  test("counts what cannot count, and leaves it out", () => {
    const { profile, problems } = profiled([
      givenSample(60, 100, 100),
      givenSample(60, 900, 900),
      givenSample(0, 900, 900),
      givenSample(120, Number.NaN, -5),
      givenSample(180, 5_000, 100),
      givenSample(180, 1, 1, { pod: "stranger-1" }),
      givenSample(600, 50, 50),
    ]);
    expect(problems.counts()).toMatchObject({
      duplicate: 1,
      outOfOrder: 1,
      notANumber: 1,
      negative: 1,
      aboveCapacity: 1,
      nobody: 1,
    });
    expect(problems.diagnostics("usage.csv", 1).map(({ name }) => name)).toContain("usage-gap");
    expect(profile?.cpu.peak).toBeCloseTo(100, 6);
    expect(profile?.cpu.samples).toBe(2);
  });
});
