import { describe, expect, test } from "vitest";
import { givenCluster, givenEstate } from "../../scheduling/testing/given-estate.ts";
import { rangeHoldsPod } from "./pod-addresses.ts";

interface Given {
  readonly plugin?: string;
  readonly addressSpace?: readonly string[];
  readonly hostNetwork?: boolean;
}

function holds(text: string, { plugin = "azureOverlay", addressSpace, hostNetwork = false }: Given = {}) {
  const plain = givenCluster();
  const cluster = { ...plain, network: { ...plain.network, name: "spoke", plugin } };
  const egress = { type: undefined, allowedFqdns: [] };
  const network = { name: "spoke", region: undefined, zone: undefined, subnets: [], egress };
  const networks = addressSpace === undefined ? [] : [{ ...network, addressSpace }];
  const [cidr = "", ...except] = text.split(" ");
  return rangeHoldsPod(givenEstate({ networks }), cluster, { cidr, except }, { hostNetwork });
}

describe("where the pod range is not declared", () => {
  test.each([
    ["0.0.0.0/0", true],
    ["0.0.0.0/0 10.1.0.0/16", undefined],
    ["10.0.0.0/8", undefined],
    ["10.0.0.0/8 10.0.0.0/8", false],
    ["100.64.0.0/16", undefined],
    ["20.0.0.0/8", false],
    ["::/0", undefined],
    ["2001:db8::/32", false],
    ["anything", undefined],
    ["20.0.0.0/8 anything", undefined],
  ])("%s: %s", (range, expected) => {
    expect(holds(range)).toBe(expected);
  });
});

describe("where pods have addresses of a declared network", () => {
  const network = { plugin: "azurePodSubnet", addressSpace: ["10.1.0.0/16", "10.2.0.0/16"] };

  test.each([
    ["10.0.0.0/8", true],
    ["10.1.0.0/16", undefined],
    ["10.0.0.0/8 10.1.0.0/16", undefined],
    ["10.0.0.0/8 10.1.0.0/16 10.2.0.0/16", false],
    ["10.0.0.0/8 10.3.0.0/16", true],
    ["10.0.0.0/8 10.2.3.0/24", undefined],
    ["192.168.0.0/16", false],
  ])("%s: %s", (range, expected) => {
    expect(holds(range, network)).toBe(expected);
  });

  test("only pods on the host network do so on an overlay", () => {
    const overlay = { ...network, plugin: "azureOverlay" };
    expect(holds("192.168.0.0/16", { ...overlay, hostNetwork: true })).toBe(false);
    expect(holds("192.168.0.0/16", overlay)).toBe(undefined);
  });
});
