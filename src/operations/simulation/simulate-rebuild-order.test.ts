import { describe, expect, test } from "vitest";
import type { PlacedObject } from "../../estate/model/estate.ts";
import { givenPlace } from "../../scheduling/testing/given-estate.ts";
import { declaredOrder, orderParts } from "./simulate-rebuild-order.ts";

function placed(
  apiVersion: string,
  kind: string,
  name: string,
  value: { readonly [key: string]: unknown },
): PlacedObject {
  const object = { apiVersion, kind, name, namespace: "flux-system", value, locate: () => givenPlace };
  return { environment: "prod", cluster: "main", namespace: "flux-system", application: undefined, tenant: "", object };
}

describe("the order that Git declares", () => {
  test("is dependsOn of Flux, and the sync waves of Argo CD", () => {
    const flux = (name: string, dependsOn: unknown) =>
      placed("kustomize.toolkit.fluxcd.io/v1", "Kustomization", name, { spec: { dependsOn } });
    const argo = (name: string, wave: string | undefined) =>
      placed("argoproj.io/v1alpha1", "Application", name, {
        metadata: { annotations: wave === undefined ? {} : { "argocd.argoproj.io/sync-wave": wave } },
      });
    const order = declaredOrder([
      flux("shop", [{ name: "ingress" }, { name: "cert-manager" }, 7, {}]),
      flux("odd", "ingress"),
      argo("early", "-5"),
      argo("usual", undefined),
      argo("late", "10"),
    ]);
    expect(Object.fromEntries(order)).toEqual({
      shop: ["ingress", "cert-manager"],
      usual: ["early"],
      late: ["early", "usual"],
    });
  });
});

describe("parts in order", () => {
  test("come after what they need", () => {
    const needs = new Map([
      ["a", ["c"]],
      ["c", ["b", "elsewhere"]],
    ]);
    expect(orderParts(["a", "b", "c"], needs)).toEqual({
      ordered: [
        { part: "b", after: [] },
        { part: "c", after: ["b"] },
        { part: "a", after: ["c"] },
      ],
      circles: [],
    });
  });

  test("a circle is named and opened once", () => {
    const needs = new Map([
      ["a", ["b"]],
      ["b", ["c"]],
      ["c", ["a"]],
    ]);
    const { ordered, circles } = orderParts(["a", "b", "c"], needs);
    expect(circles).toEqual([["c", "a"]]);
    expect(ordered.map(({ part }) => part)).toEqual(["c", "b", "a"]);
  });
});
