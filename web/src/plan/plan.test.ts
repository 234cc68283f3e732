import { describe, expect, it } from "vitest";
import type { FrontPoint } from "../../../src/operations/planning/plan-report.ts";
import { frontOption, frontWords, pointWords } from "./front-chart.ts";
import { proofSentence, zoneBadge } from "./plan-words.ts";

const money = (amount: number) => `€${amount}`;

function givenPoint(given: Partial<FrontPoint> & { readonly id: string }): FrontPoint {
  return {
    label: given.id,
    monthly: 100,
    downtimeMinutes: 10,
    downtimeCost: 0,
    objectivesMissed: 0,
    standsZoneLoss: "highCriticality",
    isPaidInAdvance: false,
    isRecommended: false,
    isOnFront: true,
    ...given,
  };
}

const front = [
  givenPoint({ id: "cheap", monthly: 80, downtimeMinutes: 40 }),
  givenPoint({ id: "worse", monthly: 90, downtimeMinutes: 50, isOnFront: false }),
  givenPoint({ id: "recommended", monthly: 100, isRecommended: true }),
  givenPoint({ id: "unknown", monthly: 120, downtimeMinutes: undefined }),
];

describe("the front", () => {
  const option = frontOption(front, "worse", money) as {
    readonly series: readonly { readonly data: readonly unknown[] }[];
  };

  it("joins only points that nothing dominates, and draws what is known", () => {
    expect(option.series[0]?.data).toEqual([
      [80, 40],
      [100, 10],
    ]);
    expect(option.series[1]?.data).toHaveLength(3);
  });

  it("gives the recommended point its own shape and the chosen one a thick edge", () => {
    const marks = option.series[1]?.data as readonly {
      readonly name: string;
      readonly symbol: string;
      readonly itemStyle: { readonly borderWidth: number };
    }[];
    expect(marks.filter(({ symbol }) => symbol === "diamond").map(({ name }) => name)).toEqual(["recommended"]);
    expect(marks.filter(({ itemStyle }) => itemStyle.borderWidth > 2).map(({ name }) => name)).toEqual(["worse"]);
  });

  it("says every point in words, also where downtime is not known", () => {
    expect(frontWords(front, money).split("; ")).toHaveLength(4);
    expect(pointWords(front[3] ?? givenPoint({ id: "x" }), money)).toBe("€120 a month, downtime not known");
  });
});

describe("the proof", () => {
  it("says the bound, the plan and both gaps", () => {
    const text = proofSentence({ monthly: 106, lowerBound: 100, gap: 0.06, packingGap: 0.02, notCovered: [] }, money);
    expect(text).toContain("cost less than €100 a month");
    expect(text).toContain("at most 6% could be saved");
    expect(text).toContain("4% are nodes that the scheduler turned out to need");
  });

  it("claims nothing without a bound", () => {
    const text = proofSentence({ monthly: 0, lowerBound: 0, gap: 0, packingGap: 0, notCovered: [] }, money);
    expect(text).toContain("No bound is known");
  });
});

describe("a lost zone", () => {
  const pending = (pods: number, isRoom: boolean) => ({ workload: "w", pods, reason: "r", isRoom });
  const zone = (...each: ReturnType<typeof pending>[]) => ({ zone: "1", nodesLost: 2, displaced: 4, pending: each });

  it("tells want of room from what waits for its zone, and from a cluster that is gone as a whole", () => {
    expect(zoneBadge(zone(), 6, 2).text).toBe("all pods run on");
    expect(zoneBadge(zone(pending(2, false), pending(3, true)), 6, 2)).toMatchObject({
      text: "3 pods lack room",
      tone: "bad",
    });
    expect(zoneBadge(zone(pending(1, false)), 6, 2).text).toBe("1 pod waits for the zone");
    expect(zoneBadge(zone(pending(4, false)), 2, 2).text).toBe("all is lost");
  });
});
