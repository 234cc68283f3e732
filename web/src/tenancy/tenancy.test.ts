import { describe, expect, it } from "vitest";
import type { TenantConnection } from "../../../src/tenancy/reachability/reachability-report.ts";
import type { SharedLayer } from "../../../src/tenancy/structure-report.ts";
import type { SharingVerdict } from "../../../src/tenancy/tenancy-report.ts";
import { ringArrows, ringPlaces } from "./arrow-ring.ts";
import { pairMatrix } from "./pair-matrix.ts";
import { gapTone, layersToRead, linkName, pairState, worstState } from "./pair-state.ts";
import { reachCells, reachTenants } from "./reach-matrix.ts";

function layer(over: Partial<SharedLayer>): SharedLayer {
  return { layer: "dns", sharing: "shared", because: "one DNS", accepted: "shared", met: true, ...over };
}

const kernel = layer({ layer: "kernel", sharing: "shared", accepted: "separate", met: false });
const ingress = layer({ layer: "ingress", sharing: "bounded", accepted: "separate", met: false });
const unknown = layer({ layer: "egress", sharing: "unknown", accepted: undefined, met: "notEvaluable" });

describe("pairState", () => {
  it("names the weakest link, and how far it falls short", () => {
    expect(pairState([layer({}), ingress, unknown, kernel])).toEqual({
      kind: "unmet",
      gap: 2,
      weakest: kernel,
      layers: 2,
    });
    expect(gapTone(pairState([kernel]))).toBe("gap-2");
    expect(gapTone(pairState([ingress]))).toBe("gap-1");
  });

  it("takes what cannot be told for neither met nor short", () => {
    expect(pairState([layer({}), unknown]).kind).toBe("notEvaluable");
    expect(gapTone(pairState([unknown]))).toBe("gap-unknown");
    expect(gapTone(pairState([layer({})]))).toBe("gap-0");
    expect(worstState(pairState([layer({})]), pairState([unknown])).kind).toBe("notEvaluable");
    expect(worstState(pairState([kernel]), pairState([unknown])).kind).toBe("unmet");
  });

  it("lists layers worst first, and loses none", () => {
    const apart = layer({ layer: "namespace", sharing: "separate" });
    expect(layersToRead([apart, layer({}), unknown, ingress, kernel])).toEqual([
      kernel,
      ingress,
      unknown,
      layer({}),
      apart,
    ]);
    expect(linkName("kernel")).toBe("kernel");
    expect(linkName("egress")).toBe("way out");
  });
});

describe("pairMatrix", () => {
  const pair = (one: string, other: string, layers: readonly SharedLayer[]): SharingVerdict => ({
    tenants: [one, other],
    layers,
    verdict: "",
    verdictKind: "met",
    weakest: undefined,
    lifts: [],
  });
  const pairs = [pair("a", "b", [layer({})]), pair("c", "b", [kernel]), pair("a", "c", [ingress])];

  it("has each pair on both sides of the diagonal, the worst tenants first", () => {
    const matrix = pairMatrix(pairs, [pair("a", "platform", [layer({})])]);
    expect(matrix.tenants).toEqual(["c", "b", "a"]);
    expect(matrix.cellAt("b", "c")).toBe(matrix.cellAt("c", "b"));
    expect(matrix.cellAt("a", "platform")?.state.kind).toBe("met");
    expect(matrix.cells.map(({ key }) => key)).toEqual(["b/c", "a/c", "a/b", "a/platform"]);
  });

  it("says how many tenants it leaves out", () => {
    const many = Array.from({ length: 40 }, (_, index) => pair("hub", `t${index}`, [layer({})]));
    expect(pairMatrix(many, [])).toMatchObject({ left: 17 });
  });
});

describe("reachCells", () => {
  const connection = (from: string, to: string, cluster: string, verdict: TenantConnection["verdict"]) =>
    ({ from, to, cluster, verdict, ports: "none" }) as TenantConnection;

  it("puts clusters together, the most open one first", () => {
    const connections = [
      connection("a", "b", "one", "denied"),
      connection("a", "b", "two", "limited"),
      connection("b", "a", "one", "notEvaluable"),
      connection("platform", "a", "one", "open"),
    ];
    const cells = reachCells(connections);
    expect(cells.get("a/b")?.connections.map(({ cluster }) => cluster)).toEqual(["two", "one"]);
    expect(cells.size).toBe(3);
    expect(reachTenants(connections)).toEqual(["a", "b", "platform"]);
  });
});

describe("the ring", () => {
  it("places names apart, and draws both directions apart", () => {
    const places = ringPlaces(["internet", "a", "b"]);
    expect(new Set([...places.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(3);
    const arrows = ringArrows(
      [
        { from: "a", to: "b", kind: "open" },
        { from: "b", to: "a", kind: "open" },
        { from: "a", to: "nobody", kind: "open" },
      ],
      places,
    );
    expect(arrows).toHaveLength(2);
    expect(arrows[0]?.path).not.toBe(arrows[1]?.path);
  });
});
