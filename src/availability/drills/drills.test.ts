import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { givenJourney } from "../testing/given-journey.ts";
import { chooseExperiments } from "./choose-experiments.ts";
import { type InjectedFault, mergedFaults } from "./injected-fault.ts";
import type { JourneyCutSet } from "./journey-cut-sets.ts";
import { meshWorkflow } from "./manifests/chaos-mesh.ts";
import { studioTemplate } from "./manifests/chaos-studio.ts";
import { faultSeconds, type JourneyPrediction, predict } from "./prediction.ts";
import { verifyObservation } from "./verify-observation.ts";

const rescheduling = {
  name: "rescheduling-window",
  origin: "assumption" as const,
  field: "Estate.spec.failureModel.rescheduling-window",
  seconds: 345,
};

function givenSet(key: string, given: Partial<JourneyCutSet> = {}): JourneyCutSet {
  const faults: readonly InjectedFault[] = key.split(" + ").map((target) => ({ kind: "dependency", target }));
  return {
    journey: givenJourney([]),
    key,
    faults,
    order: faults.length,
    unavailability: 1e-4,
    exposure: 1e-3,
    felt: { recoversAfterSeconds: Number.POSITIVE_INFINITY, bufferSeconds: 0, parts: [] },
    words: key,
    ...given,
  };
}

const recovering = { recoversAfterSeconds: 345, bufferSeconds: 0, parts: [rescheduling] };

function prediction(given: Partial<JourneyPrediction>): JourneyPrediction {
  const predicted = predict([givenSet("node", { felt: recovering })], 540);
  if (predicted === undefined) throw new Error("a cut set predicts something");
  return { ...predicted, ...given };
}

describe("predictions", () => {
  it("keep a fault up half as long again as the recovery needs", () => {
    const sets = [givenSet("node", { felt: recovering })];
    expect(faultSeconds(sets)).toBe(540);
    expect(predict(sets, 540)).toMatchObject({ downtimeSeconds: 345, basis: "assumption", parts: [rescheduling] });
  });

  it("let a journey without recovery be down as long as the fault", () => {
    const sets = [givenSet("store")];
    expect(predict(sets, faultSeconds(sets))).toMatchObject({ downtimeSeconds: 300, basis: "imposed", parts: [] });
  });

  it("say that a buffer bridges a shorter fault", () => {
    const felt = { recoversAfterSeconds: Number.POSITIVE_INFINITY, bufferSeconds: 7200, parts: [] };
    expect(predict([givenSet("bus", { felt })], 300)).toMatchObject({ downtimeSeconds: 0, basis: "bridged" });
  });

  it("are never longer than the fault, and never negative", () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), fc.integer({ min: 1, max: 4000 }), (recovers, buffer, seconds) => {
        const felt = { recoversAfterSeconds: recovers, bufferSeconds: buffer, parts: [] };
        const down = predict([givenSet("x", { felt })], seconds)?.downtimeSeconds ?? -1;
        expect(down).toBeGreaterThanOrEqual(0);
        expect(down).toBeLessThanOrEqual(seconds);
      }),
    );
  });
});

describe("the choice of experiments", () => {
  it("puts what is uncertain and costs before what is certain", () => {
    const journey = { ...givenJourney([]), downtimeCostPerMinute: 10 };
    const { chosen } = chooseExperiments(
      [givenSet("store", { journey }), givenSet("node", { journey, felt: recovering })],
      10,
    );
    expect(chosen.map(({ id, worth }) => [id, worth.uncertainty])).toEqual([
      ["node", 1],
      ["store", 0.25],
    ]);
  });

  it("keeps a quarter of the places for pairs, and counts what is left out", () => {
    const singles = Array.from({ length: 20 }, (_, index) => givenSet(`single${index}`));
    const pairs = Array.from({ length: 20 }, (_, index) => givenSet(`a${index} + b${index}`, { exposure: 1e-9 }));
    const { chosen, candidates } = chooseExperiments([...singles, ...pairs], 8);
    expect(candidates).toBe(40);
    expect(chosen.filter(({ order }) => order === 2)).toHaveLength(2);
    expect(chosen).toHaveLength(8);
  });

  it("predicts for a pair what each alone does", () => {
    const { chosen } = chooseExperiments([givenSet("a"), givenSet("a + b")], 10);
    const pair = chosen.find(({ order }) => order === 2);
    expect(pair?.alone.map(({ predictions }) => predictions.length)).toEqual([1, 0]);
  });

  it("takes two pods of one group for one fault", () => {
    const pod: InjectedFault = { kind: "pods", group: "web", workload: "prod/main/shop/Deployment/web", pods: 1 };
    expect(mergedFaults([pod, pod])).toEqual([{ ...pod, pods: 2 }]);
  });
});

describe("manifests", () => {
  const workflow = meshWorkflow({
    id: "web",
    hypothesis: "it holds",
    stages: [[{ kind: "PodChaos", spec: {} }], [{ kind: "IOChaos", spec: {} }]],
    faultSeconds: 120,
    pauseSeconds: 300,
    url: "https://shop.example/",
    abortAfterSeconds: 95,
  });

  it("refer to templates that exist, and end when too much is spent", () => {
    const { spec } = JSON.parse(JSON.stringify(workflow)) as {
      spec: {
        entry: string;
        templates: { name: string; children?: string[]; statusCheck?: { failureThreshold: number } }[];
      };
    };
    const names = new Set(spec.templates.map(({ name }) => name));
    expect(names.size).toBe(spec.templates.length);
    for (const child of [spec.entry, ...spec.templates.flatMap(({ children = [] }) => children)])
      expect(names.has(child), child).toBe(true);
    expect(spec.templates.find(({ name }) => name === "watch")?.statusCheck?.failureThreshold).toBe(10);
  });

  it("keep a text in brackets a text in a template", () => {
    const fault = { targetType: "T", resourceType: "R", capability: "C", urn: "urn", type: "continuous", role: "r" };
    const action = { fault, parameter: "p", text: "t", values: [["sourceAddresses", '["*"]']] as const };
    const text = JSON.stringify(studioTemplate("x", [[action]], 90, 300));
    expect(text).toContain(JSON.stringify('[["*"]'));
    expect(text).toContain('"duration":"PT90S"');
  });
});

describe("verification", () => {
  it("agrees within a quarter, or within thirty seconds", () => {
    expect(verifyObservation({ downtimeSeconds: 345 * 1.25 }, prediction({}), 0.25)).toEqual({ verdict: "agrees" });
    expect(verifyObservation({ downtimeSeconds: 29 }, prediction({ downtimeSeconds: 0 }), 0.25).verdict).toBe("agrees");
  });

  it("names the time that is refuted, and the value to put in its place", () => {
    expect(verifyObservation({ downtimeSeconds: 520 }, prediction({}), 0.25)).toMatchObject({
      verdict: "worse",
      refuted: { name: "rescheduling-window", replaceBy: "520s", field: rescheduling.field },
    });
    expect(verifyObservation({ downtimeSeconds: 60 }, prediction({}), 0.25)).toMatchObject({
      verdict: "better",
      refuted: { replaceBy: "60s" },
    });
  });

  it("looks at the structure where no time explains it", () => {
    const imposed = prediction({ basis: "imposed", parts: [], downtimeSeconds: 300 });
    expect(verifyObservation({ downtimeSeconds: 0 }, imposed, 0.25).refuted?.replaceBy).toBe("soft");
    expect(verifyObservation({ downtimeSeconds: 900 }, imposed, 0.25).refuted?.name).toBe("recovery-after-the-fault");
  });
});
