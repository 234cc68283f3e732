import fc from "fast-check";
import type { CloudResource, ResourceGraph, ResourceValue } from "../graph/resource-graph.ts";
import { resourceGroupType, resourceKey } from "../graph/resource-value.ts";

const hostile = fc.oneof(
  fc.string({ maxLength: 12, unit: "binary" }),
  fc.constantFrom(
    ...["$", "$$", "a$"].map((signs) => `${signs}{x}`),
    "it's",
    "%{if}",
    "$",
    "%",
    "[x]",
    "[[x",
    "a\\b",
    "line\nend\r\t",
    '"q"',
    "'''",
    "\u0000\u2028",
    "",
  ),
  fc
    .array(fc.constantFrom("$", "{", "}", "'", '"', "\\", "%", "[", "]", "a"), { maxLength: 8 })
    .map((list) => list.join("")),
);
const name = fc.oneof(
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,9}$/),
  fc.constantFrom("if", "param", "a b", "it's", "ü"),
);

interface Draft {
  readonly kind: "plain" | "child" | "extension";
  readonly name: string;
  readonly pick: number;
  readonly part: number;
  readonly properties: readonly (readonly [string, Leaf])[];
}

type Leaf =
  | { readonly value: ResourceValue }
  | { readonly reference: number; readonly output: string | undefined }
  | { readonly parameter: number }
  | { readonly around: string; readonly reference: number };

const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  fc.record({
    value: fc.oneof(
      hostile,
      fc.integer(),
      fc.boolean(),
      fc.array(hostile, { maxLength: 3 }),
      fc.dictionary(hostile, hostile, { maxKeys: 3, noNullPrototype: true }),
      fc
        .double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
        .map((value) => (Object.is(value, -0) ? 0 : value)),
    ) as fc.Arbitrary<ResourceValue>,
  }),
  fc.record({
    reference: fc.nat(20),
    output: fc.constantFrom(undefined, "name", "properties.clientId", "properties.list[0].id"),
  }),
  fc.record({ parameter: fc.nat(2) }),
  fc.record({ around: hostile, reference: fc.nat(20) }),
);

const draft: fc.Arbitrary<Draft> = fc.record({
  kind: fc.constantFrom("plain", "plain", "child", "extension"),
  name,
  pick: fc.nat(20),
  part: fc.nat(2),
  properties: fc.array(fc.tuple(fc.oneof(fc.constantFrom("a", "bC", "d-e", "f.g"), hostile), leaf), { maxLength: 4 }),
});

/** Graphs with texts that every syntax has trouble with; parts refer only to those before them. */
export const generatedGraph: fc.Arbitrary<ResourceGraph> = fc
  .tuple(fc.array(draft, { minLength: 1, maxLength: 8 }), name)
  .map(([drafts, subscription]) => built(drafts, subscription));

function built(drafts: readonly Draft[], subscription: string): ResourceGraph {
  const groupKey = (part: number) => resourceKey({ type: resourceGroupType, name: `rg${part}`, subscription });
  const resources: CloudResource[] = [0, 1, 2].map((part) => ({
    key: groupKey(part),
    type: resourceGroupType,
    name: `rg${part}`,
    parent: undefined,
    resourceGroup: undefined,
    subscription,
    part: "main",
    location: "westeurope",
    properties: {},
    tells: "",
  }));
  const seen = new Set<string>();
  for (const entry of drafts.toSorted((left, right) => left.part - right.part)) {
    const resource = resourceOf(entry, resources.slice(3), groupKey(entry.part), subscription);
    if (seen.has(resource.key)) continue;
    seen.add(resource.key);
    resources.push(resource);
  }
  return { resources: resources.toSorted((left, right) => (left.key < right.key ? -1 : 1)) };
}

function resourceOf(
  entry: Draft,
  before: readonly CloudResource[],
  group: string,
  subscription: string,
): CloudResource {
  const above = entry.kind === "plain" ? undefined : before[entry.pick % Math.max(1, before.length)];
  const parent = above !== undefined && above.part === `part${entry.part}` ? above : undefined;
  const isChild = parent !== undefined && entry.kind === "child" && parent.type.split("/").length < 4;
  const type = isChild ? `${parent.type}/things` : parent === undefined ? "Contoso.Test/boxes" : "Contoso.Other/notes";
  const resourceGroup = parent === undefined ? group : undefined;
  const properties = Object.fromEntries(
    entry.properties
      .filter(([key]) => key !== "" && key !== "__proto__" && !key.startsWith("$"))
      .map(([key, value]) => [key, valueFrom(value, before)]),
  );
  return {
    key: resourceKey({ type, name: entry.name, parent, resourceGroup, subscription }),
    type,
    name: entry.name,
    parent: parent?.key,
    resourceGroup,
    subscription,
    part: `part${entry.part}`,
    location: undefined,
    properties,
    tells: "",
  };
}

function valueFrom(value: Leaf, before: readonly CloudResource[]): ResourceValue {
  if ("value" in value) return value.value;
  if ("parameter" in value) return { $parameter: `given${value.parameter}`, secure: value.parameter === 1 };
  const target = before[value.reference % Math.max(1, before.length)];
  if (target === undefined) return "none";
  if ("around" in value) {
    return { $text: value.around === "" ? ["/", { $ref: target.key }] : [value.around, { $ref: target.key }, "/x"] };
  }
  return value.output === undefined ? { $ref: target.key } : { $ref: target.key, output: value.output };
}
