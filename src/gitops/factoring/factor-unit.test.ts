import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { DeliveryLeaf, DeliveryUnit } from "../delivery/delivery-unit.ts";
import { factorUnit } from "./factor-unit.ts";
import { leafObjects, variationsAt } from "./leaf-objects.ts";
import { repetitionOf } from "./repetition.ts";

function unitOf(leaves: readonly DeliveryLeaf[]): DeliveryUnit {
  return { tree: "apps", name: "shop", namespace: "shop", tenant: "retail", dependsOn: [], leaves };
}

function leafOf(place: string, objects: readonly JsonObject[]): DeliveryLeaf {
  const [environment = "", ring, region = "", cluster = ""] = place.split(" ");
  return { environment, ring: ring === "-" ? undefined : ring, region, cluster, objects };
}

function deployment(spec: JsonObject, name = "web"): JsonObject {
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { name, namespace: "shop" }, spec };
}

const places = ["dev 0 weu dev-weu", "staging 1 weu staging-weu", "prod 2 neu prod-neu", "prod 3 weu prod-weu"];

function factoredBySpecs(specs: readonly JsonObject[]) {
  return factorUnit(unitOf(specs.map((spec, index) => leafOf(places[index] ?? "", [deployment(spec)]))));
}

function changesOf(factored: ReturnType<typeof factorUnit>) {
  return factored.variations.flatMap(({ axis, name, patches }) =>
    patches.flatMap(({ operations }) =>
      operations.map(
        (each) =>
          `${axis} ${name}: ${each.op} /${each.path.join("/")}${"value" in each ? ` ${JSON.stringify(each.value)}` : ""}`,
      ),
    ),
  );
}

describe("factoring a unit", () => {
  test("what all places have is in the base, and nothing else is anywhere", () => {
    const factored = factoredBySpecs([{ a: 1 }, { a: 1 }, { a: 1 }, { a: 1 }]);
    expect(factored.base).toEqual([deployment({ a: 1 })]);
    expect(factored.variations).toEqual([]);
  });

  test("a difference goes to the coarsest axis that explains it", () => {
    expect(changesOf(factoredBySpecs([{ a: 1 }, { a: 3 }, { a: 3 }, { a: 3 }]))).toEqual([
      "environment dev: replace /spec/a 1",
    ]);
    expect(changesOf(factoredBySpecs([{ a: 1 }, { a: 1 }, { a: 2 }, { a: 2 }]))).toEqual([
      "environment prod: replace /spec/a 2",
    ]);
    expect(changesOf(factoredBySpecs([{ a: 1 }, { a: 1 }, { a: 2 }, { a: 1 }]))).toEqual(["ring 2: replace /spec/a 2"]);
  });

  test("what most of an environment has is written for it, and one cluster differs", () => {
    const specs = [{ a: 0 }, { a: 7 }, { a: 7 }, { a: 7 }, { a: 8 }];
    const many = ["dev - weu d", "prod - weu a", "prod - weu b", "prod - weu c", "prod - weu e"];
    const factored = factorUnit(unitOf(specs.map((spec, index) => leafOf(many[index] ?? "", [deployment(spec)]))));
    expect(factored.base).toEqual([deployment({ a: 7 })]);
    expect(changesOf(factored)).toEqual(["environment dev: replace /spec/a 0", "cluster e: replace /spec/a 8"]);
  });

  test("a field that only some places have is added there or removed elsewhere, whichever is shorter", () => {
    const long = "x".repeat(200);
    expect(changesOf(factoredBySpecs([{ a: 1 }, { a: 1, b: 2 }, { a: 1 }, { a: 1 }]))).toEqual([
      "environment staging: add /spec/b 2",
    ]);
    expect(changesOf(factoredBySpecs([{ a: 1 }, { a: 1, b: long }, { a: 1, b: long }, { a: 1, b: long }]))).toEqual([
      "environment dev: remove /spec/b",
    ]);
  });

  test("items of lists of one length are changed one by one, others whole", () => {
    const list = (image: string) => ({
      containers: [
        { name: "web", image, args: ["--one", "--two", "--three"] },
        { name: "side", image: "side:1" },
      ],
    });
    expect(changesOf(factoredBySpecs([list("web:1"), list("web:2"), list("web:2"), list("web:2")]))).toEqual([
      'environment dev: replace /spec/containers/0/image "web:1"',
    ]);
    expect(changesOf(factoredBySpecs([{ a: [1] }, { a: [1, 2] }, { a: [1, 2] }, { a: [1, 2] }]))).toEqual([
      "environment dev: replace /spec/a [1]",
    ]);
  });

  test("an object of one environment is added there", () => {
    const web = deployment({ a: 1 });
    const extra = deployment({ b: 1 }, "extra");
    const factored = factorUnit(
      unitOf(places.map((place) => leafOf(place, place.startsWith("prod") ? [extra, web] : [web]))),
    );
    expect(factored.base).toEqual([web]);
    expect(factored.variations.map(({ axis, name, adds }) => [axis, name, adds])).toEqual([
      ["environment", "prod", [extra]],
    ]);
  });

  test("an object that one environment lacks is removed there and never patched there", () => {
    const web = (image: string) => deployment({ image, text: "x".repeat(400) });
    const factored = factorUnit(
      unitOf(places.map((place, index) => leafOf(place, index === 0 ? [] : [web(index === 3 ? "b" : "a")]))),
    );
    expect(factored.base).toEqual([web("a")]);
    expect(
      factored.variations.map(({ axis, name, removes, patches }) => [axis, name, removes.length, patches.length]),
    ).toEqual([
      ["environment", "dev", 1, 0],
      ["ring", "3", 0, 1],
    ]);
  });

  test("two environments of one cluster are told apart on the last axis", () => {
    const two = ["dev - weu one", "test - weu one", "dev - weu two", "test - weu two"];
    const unit = unitOf([1, 2, 2, 1].map((a, index) => leafOf(two[index] ?? "", [deployment({ a })])));
    const factored = factorUnit(unit);
    expect(unit.leaves.map((leaf) => leafObjects(factored, leaf))).toEqual(unit.leaves.map(({ objects }) => objects));
  });

  test("repetition is counted in fields", () => {
    const factored = factoredBySpecs([{ a: 1 }, { a: 3 }, { a: 3 }, { a: 3 }]);
    expect(repetitionOf([factored])).toEqual({ writtenFields: 6, leafFields: 20 });
  });
});

const scalar = fc.constantFrom<unknown>(1, 2, "a", true, null, "__proto__");
const value = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: "small" }, scalar, tie("list"), tie("map")),
  list: fc.array(tie("any"), { maxLength: 3 }),
  map: fc.dictionary(fc.constantFrom("a", "b", "c", "__proto__", "labels", "annotations"), tie("any"), { maxKeys: 4 }),
}));

const leafPlaces = fc.uniqueArray(
  fc.tuple(
    fc.constantFrom("dev", "prod", "test"),
    fc.constantFrom("-", "0", "1"),
    fc.constantFrom("weu", "neu"),
    fc.constantFrom("c1", "c2", "c3"),
  ),
  { minLength: 1, maxLength: 6, selector: ([environment, , , cluster]) => `${environment} ${cluster}` },
);

const arbitraryUnit = leafPlaces.chain((list) =>
  fc
    .tuple(
      ...list.map(() => fc.record({ web: fc.option(value.map, { freq: 3 }), api: fc.option(value.map, { freq: 1 }) })),
    )
    .map((contents) =>
      unitOf(
        list.map((place, index) =>
          leafOf(
            place.join(" "),
            Object.entries(contents[index] ?? {})
              .sort(([left], [right]) => (left < right ? -1 : 1))
              .flatMap(([name, spec]) => (spec === null ? [] : [deployment(spec as JsonObject, name)])),
          ),
        ),
      ),
    ),
);

describe("laws of factoring", () => {
  test("base and variations give exactly each leaf's objects, and no change misses its target", () => {
    fc.assert(
      fc.property(arbitraryUnit, (unit) => {
        const factored = factorUnit(unit);
        for (const leaf of unit.leaves) expect(leafObjects(factored, leaf)).toEqual(leaf.objects);
      }),
      { numRuns: 300 },
    );
  });

  test("no variation is empty, and every one holds somewhere", () => {
    fc.assert(
      fc.property(arbitraryUnit, (unit) => {
        const factored = factorUnit(unit);
        const used = new Set(unit.leaves.flatMap((leaf) => variationsAt(factored, leaf)));
        expect(used.size).toBe(factored.variations.length);
        for (const { adds, removes, patches } of factored.variations) {
          expect(adds.length + removes.length + patches.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 200 },
    );
  });
});
