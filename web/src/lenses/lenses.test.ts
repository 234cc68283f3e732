import { describe, expect, it } from "vitest";
import { buildBoxes } from "../graph/build-boxes.ts";
import { measureBoxes } from "../graph/measure-boxes.ts";
import { fixtureAssessment } from "../testing/assessment-fixture.ts";
import { lensNames } from "../view-state/view-state.ts";
import { chooseLens } from "./choose-lens.ts";
import type { BoxLook } from "./look.ts";

describe("lenses", () => {
  const assessment = fixtureAssessment();
  const boxes = buildBoxes(assessment);
  const measures = measureBoxes(assessment, boxes);

  function looks(name: (typeof lensNames)[number]): ReadonlyMap<string, BoxLook> {
    const lens = chooseLens(name, assessment);
    return new Map(
      boxes.flatMap((box) => {
        const measure = measures.get(box.id);
        return measure === undefined ? [] : [[box.id, lens.look(box, measure)] as const];
      }),
    );
  }
  const web = "pool/weu/user|prod/weu/shop/Deployment/web";
  const db = "pool/weu/user|prod/weu/shop/StatefulSet/db";

  it("says every colour in words", () => {
    for (const name of lensNames) {
      const lens = chooseLens(name, assessment);
      const labels = new Set(lens.legend.map((row) => row.tone));
      for (const [id, look] of looks(name)) {
        if (look.tone === "none") continue;
        expect(labels, `${name}: ${id}`).toContain(look.tone);
        expect(look.words, `${name}: ${id}`).not.toBe("");
      }
    }
  });

  it("colours tenants, and marks what one of them does not accept", () => {
    const structure = looks("structure");
    expect(structure.get(web)).toEqual({ tone: "tenant-0", words: "retail", badges: [] });
    expect(structure.get("pool/weu/user")?.badges.map((badge) => badge.text)).toEqual(["2 tenants", "not accepted"]);
    expect(structure.get("pool/neu/user")?.badges).toEqual([]);
  });

  it("paints the dearest workload darkest", () => {
    const cost = looks("cost");
    expect(cost.get(db)).toEqual({ tone: "cost-4", words: "€210/month", badges: [] });
    expect(cost.get("cluster/weu")?.badges[0]?.text).toBe("€700/month");
  });

  it("says what of a cluster is idle, and what has no price", () => {
    const { cost } = assessment;
    const item = { id: "cost/weu/user/node", label: "Nodes of weu/user", reason: "no price", hint: "declare it" };
    const idle = {
      part: "idle",
      subject: "weu",
      tenant: undefined,
      application: undefined,
      environment: "prod",
      cluster: "weu",
      workload: undefined,
      monthlyCost: 175,
    } as const;
    const lens = chooseLens("cost", {
      ...assessment,
      cost: {
        ...cost,
        unpriced: [item],
        allocation: cost.allocation.filter(({ part }) => part !== "idle").concat(idle),
      },
    });
    const badges = (id: string) => {
      const box = boxes.find((one) => one.id === id);
      const measure = measures.get(id);
      return box === undefined || measure === undefined ? [] : lens.look(box, measure).badges.map(({ text }) => text);
    };
    expect(badges("cluster/weu")).toEqual(["€700/month", "25% idle", "no price"]);
    expect(badges("pool/weu/user").at(-1)).toBe("no price");
    expect(badges("cluster/neu")).not.toContain("no price");
  });

  it("says downtime, missed objective and single points", () => {
    const availability = looks("availability");
    expect(availability.get(web)?.tone).toBe("down-3");
    expect(availability.get(web)?.words).toBe("87.7 min/month");
    expect(availability.get(db)?.badges.map((badge) => badge.text)).toEqual(["single point", "misses 99.95%"]);
  });

  it("says the worst finding and what could not be evaluated", () => {
    const findings = looks("findings");
    expect(findings.get(db)).toMatchObject({ tone: "severity-high", words: "high" });
    expect(findings.get(web)).toEqual({ tone: "none", words: "1 not evaluable", badges: [] });
  });

  it("colours tenants by how far sharing falls short, against the selected one too", () => {
    const tenancy = looks("tenancy");
    expect(tenancy.get(web)).toEqual({ tone: "gap-2", words: "kernel · retail", badges: [] });
    expect(tenancy.get("pool/weu/user")?.badges.map((badge) => badge.text)).toEqual(["1"]);
    expect(tenancy.get("pool/neu/user")?.badges).toEqual([]);
    const lens = chooseLens("tenancy", assessment, "retail");
    const look = (id: string) => {
      const box = boxes.find((one) => one.id === id);
      const measure = measures.get(id);
      return box === undefined || measure === undefined ? undefined : lens.look(box, measure);
    };
    expect(look(web)).toEqual({ tone: "none", words: "retail", badges: [] });
    expect(look("pool/weu/user|prod/weu/ledger/Deployment/ledger")?.tone).toBe("gap-2");
  });

  it("draws arrows for availability, tenancy and stores", () => {
    const arrows = lensNames.map((name) => [name, chooseLens(name, assessment).arrows] as const);
    expect(arrows.filter(([, set]) => set !== undefined)).toEqual([
      ["tenancy", "reach"],
      ["availability", "dependencies"],
      ["stateful", "dependencies"],
    ]);
  });
});

describe("availability of one journey", () => {
  it("colours what the journey leans on alone", () => {
    const { availability } = fixtureAssessment();
    const [journey] = availability.journeys;
    if (journey === undefined) throw new Error("the fixture has a journey");
    const [kept = "", ...others] = journey.workloads;
    const narrowed = fixtureAssessment({
      availability: { ...availability, journeys: [{ ...journey, workloads: [kept] }] },
    });
    const boxes = buildBoxes(narrowed);
    const measures = measureBoxes(narrowed, boxes);
    const lens = chooseLens("availability", narrowed, undefined, undefined, journey.journey);
    const lookOf = (id: string) => {
      const box = boxes.find((each) => each.kind === "workload" && each.workloads[0] === id);
      const measure = box === undefined ? undefined : measures.get(box.id);
      return box === undefined || measure === undefined ? undefined : lens.look(box, measure);
    };
    expect(lookOf(kept)?.tone).toMatch(/^down-/);
    expect(others.length).toBeGreaterThan(0);
    for (const id of others) expect(lookOf(id)).toEqual(expect.objectContaining({ tone: "none", words: "not in it" }));
  });
});
