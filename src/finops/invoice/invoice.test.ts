import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import { givenEstate, givenPool } from "../../scheduling/testing/given-estate.ts";
import { priceEstate } from "../compute-cost.ts";
import { bareCluster, cents, ephemeral, fixed, noTerms } from "../testing/given-cost.ts";
import { invoiceOf } from "./invoice.ts";

function invoice(given: Partial<Estate>) {
  const estate = givenEstate(given);
  const today = "2026-11-22";
  return invoiceOf(priceEstate(estate, placeWorkloads(estate, defaultCatalog), defaultCatalog, { today }), "month");
}

const region = "eastus2";
const pool = givenPool({ ...fixed(5), vmSize: "Standard_D4s_v5", osDisk: ephemeral });
const list = 0.192;
const reserved = 1_993 / 26_280;

describe("what an invoice takes off the list", () => {
  test("the negotiated discount is that of all nodes; a commitment takes off what is left to its own price", () => {
    const { discounts, commitments, listTotal, total } = invoice({
      clusters: [bareCluster({ region, nodePools: [pool] })],
      commercial: {
        ...noTerms,
        discounts: [{ service: "virtualMachines", ratio: 0.1 }],
        reservations: [{ vmSize: "Standard_D4s_v5", region, quantity: 2, termYears: 3, until: "2028-01-01" }],
      },
    });
    expect(listTotal).toBe(cents(5 * list * 730));
    expect(discounts.negotiated).toBe(cents(5 * list * 0.1 * 730));
    expect(discounts.commitments).toBeCloseTo(2 * (list * 0.9 - reserved) * 730, 2);
    // The same saving as the commitment's own row, and nothing is taken off twice.
    expect(commitments.map(({ saved }) => saved)).toEqual([discounts.commitments]);
    expect(listTotal - discounts.negotiated - discounts.commitments).toBeCloseTo(likelyValue(total) ?? Number.NaN, 2);
  });

  test("spot takes no negotiated discount: all that it is below the list is its own", () => {
    const { discounts, listTotal, total } = invoice({
      clusters: [bareCluster({ region: "westeurope", nodePools: [{ ...pool, spot: true }] })],
      commercial: { ...noTerms, discounts: [{ service: "virtualMachines", ratio: 0.1 }] },
    });
    expect(discounts).toEqual({ negotiated: 0, spot: cents(5 * (0.23 - 0.042504) * 730), commitments: 0 });
    expect(listTotal - discounts.spot).toBeCloseTo(likelyValue(total) ?? Number.NaN, 2);
  });
});
