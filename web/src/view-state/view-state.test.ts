import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  availabilityParts,
  billParts,
  billPeriods,
  billSharings,
  cloudChoices,
  defaultViewState,
  deliveryParts,
  failureKinds,
  findingGroupings,
  findingStates,
  lensNames,
  nodeHours,
  planParts,
  readViewState,
  runTokens,
  simulatedDays,
  simulationParts,
  storesParts,
  tableNames,
  tenancyParts,
  type ViewState,
  writeViewState,
} from "./view-state.ts";

const anyState: fc.Arbitrary<ViewState> = fc.record({
  lens: fc.constantFrom(...lensNames),
  view: fc.constantFrom("auto", "map", "list"),
  table: fc.constantFrom(...tableNames),
  selection: fc.option(fc.string({ minLength: 1, unit: "grapheme" }), { nil: undefined }),
  why: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  filter: fc.string({ unit: "grapheme" }),
  grouping: fc.constantFrom("auto", "none", "namespace"),
  tree: fc.constantFrom("place", "tenant"),
  theme: fc.constantFrom("auto", "light", "dark"),
  findings: fc.constantFrom(...findingStates),
  findingsBy: fc.constantFrom(...findingGroupings),
  finding: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  rule: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  tenancy: fc.constantFrom(...tenancyParts),
  pair: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  simulation: fc.constantFrom(...simulationParts),
  entryPoint: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  availability: fc.constantFrom(...availabilityParts),
  journey: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  cut: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  policy: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  traffic: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  errorRate: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  stores: fc.constantFrom(...storesParts),
  store: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  level: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  token: fc.constantFrom(...runTokens),
  broken: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  step: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  plan: fc.constantFrom(...planParts),
  point: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  deliver: fc.constantFrom(...deliveryParts),
  lands: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  packaging: fc.constantFrom("kustomize", "helm", undefined),
  agent: fc.constantFrom("flux", "argocd", undefined),
  cloud: fc.constantFrom(...cloudChoices, undefined),
  edit: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  editField: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  editTo: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  file: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  fileFilter: fc.string({ unit: "grapheme" }),
  whatIf: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  strip: fc.constantFrom("closed", "open"),
  whatIfOf: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  strategies: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  days: fc.constantFrom(...simulatedDays),
  failures: fc.constantFrom(...failureKinds),
  failure: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  bill: fc.constantFrom(...billParts),
  billBy: fc.string({ minLength: 1, unit: "grapheme" }),
  billWithin: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  shareIdle: fc.constantFrom(...billSharings),
  sharePlatform: fc.constantFrom(...billSharings),
  period: fc.constantFrom(...billPeriods),
  nodeHours: fc.constantFrom(...nodeHours),
  billOf: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
});

describe("view state", () => {
  it("is empty for the defaults", () => {
    expect(writeViewState(defaultViewState)).toBe("");
    expect(readViewState(new URLSearchParams(""))).toEqual(defaultViewState);
  });

  it("survives the way through the address", () => {
    fc.assert(
      fc.property(anyState, (state) => {
        expect(readViewState(new URLSearchParams(writeViewState(state)))).toEqual(state);
      }),
    );
  });

  it("keeps paths readable", () => {
    const state = { ...defaultViewState, lens: "cost" as const, selection: "pool/weu/user" };
    expect(writeViewState(state)).toBe("lens=cost&at=pool/weu/user");
  });

  it("falls back on values that it does not know", () => {
    const state = readViewState(new URLSearchParams("lens=gravity&view=globe&table=&theme=pink&group=7"));
    expect(state).toEqual(defaultViewState);
  });
});
