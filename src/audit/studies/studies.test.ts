import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { exactFigure, likelyValue } from "../../estate/figures/figure.ts";
import { loadEstate } from "../../estate/load-estate.ts";
import { memorySources } from "../../estate/sources/memory-sources.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import { auditEstate } from "../audit-estate.ts";
import { addFigures } from "../report/add-figures.ts";
import { groupFindings } from "../report/group-findings.ts";
import { totalFigures } from "../report/total-figures.ts";
import { estateStudies } from "./study-estate.ts";

const today = "2026-11-22";

const documents = `apiVersion: scantling/v1alpha1
kind: Estate
metadata: {name: shop}
spec:
  complete: true
  environments: [{name: prod, criticality: high}]
  regions: [{name: westeurope, zones: ["1", "2", "3"]}]
---
apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: prod-weu}
spec:
  region: westeurope
  environments: [prod]
  tier: Standard
  nodePools:
    - {name: system, mode: System, vmSize: Standard_D4s_v5, count: 3, zones: ["1", "2", "3"]}
---
apiVersion: scantling/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  environments: [prod]
  namespace: shop
  entryPoints: [{name: web, workload: shop/Deployment/web}]
  journeys: [{name: browse, entryPoint: web, objective: "99.9%"}]
---
`;

const manifests = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "nginx:1.29", resources: {requests: {cpu: 500m, memory: 512Mi}}}]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: left-over, namespace: shop}
spec: {accessModes: [ReadWriteOnce], storageClassName: managed-csi-premium, resources: {requests: {storage: 128Gi}}}
`;

function audited(text: string) {
  const estate = loadEstate(memorySources({ "shop.yaml": text }));
  const placement = placeWorkloads(estate, defaultCatalog);
  const studies = estateStudies(today)(estate, placement, defaultCatalog);
  return { estate, placement, studies, report: auditEstate(estate, placement, defaultCatalog, { today, studies }) };
}

describe("findings of a declared estate", () => {
  const { estate, placement, studies, report } = audited(documents + manifests);
  const find = (rule: string) => report.findings.find((finding) => finding.rule === rule);

  test("an orphaned volume costs what the bill charges for it", () => {
    const cost = find("FIN-006.2")?.monthlyCost;
    const charged = studies.money.priced.charges.find(({ line }) => line.id.endsWith("/left-over"));
    expect(likelyValue(cost ?? exactFigure("", "", "", 0, []))).toBeCloseTo(charged?.likely ?? Number.NaN, 2);
    expect(cost?.reasons).toContainEqual({ kind: "figure", figure: charged?.line.monthlyCost });
  });

  test("a single replica costs the downtime that a second one takes away", () => {
    const downtime = find("AVL-001.1")?.downtimeMinutesPerYear;
    const more = {
      ...estate,
      workloads: estate.workloads.map((each) => ({
        ...each,
        replicas: { ...each.replicas, declared: 2, minimum: 2, maximum: 2 },
      })),
    };
    const after = estateStudies(today)(more, placeWorkloads(more, defaultCatalog), defaultCatalog);
    const down = (study: typeof studies) =>
      study.downtime.journeys.reduce((sum, { unavailability }) => sum + (likelyValue(unavailability) ?? Number.NaN), 0);
    const expected = (down(studies) - down(after)) * 525_960;
    expect(expected).toBeGreaterThan(10);
    expect(downtime?.result).toMatchObject({ kind: "exact" });
    expect(downtime === undefined ? Number.NaN : likelyValue(downtime)).toBeCloseTo(expected, 6);
  });

  test("without studies there is neither cost nor downtime", () => {
    const bare = auditEstate(estate, placement, defaultCatalog, { today }).findings;
    expect(bare.length).toBeGreaterThan(5);
    expect(bare.filter((each) => each.monthlyCost ?? each.downtimeMinutesPerYear)).toEqual([]);
  });

  test("totals lie between the largest and the sum", () => {
    const { monthlyCost } = totalFigures(groupFindings(report.findings, new Set()));
    expect(monthlyCost?.result.kind).toMatch(/^(?:bounds|exact)$/);
  });
});

test("clusters that are only assumed have no prices", () => {
  const { report } = audited(manifests);
  expect(report.findings.length).toBeGreaterThan(5);
  expect(report.findings.filter((each) => each.monthlyCost ?? each.downtimeMinutesPerYear)).toEqual([]);
});

test("a sum counts each figure once and adds up", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 1000 }))), (pairs) => {
      const figures = pairs.map(([id, value]) =>
        exactFigure(`audit/R/${id}/monthly-cost`, "x", "USD/month", value, []),
      );
      const once = new Map(pairs);
      const sum = addFigures(figures);
      const expected = [...once.values()].reduce((total, value) => total + value, 0);
      expect(sum === undefined ? 0 : likelyValue(sum)).toBe(expected);
    }),
  );
});
