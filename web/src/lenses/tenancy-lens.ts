import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import type { TenantPair } from "../../../src/tenancy/structure-report.ts";
import type { Box } from "../graph/box.ts";
import { plural } from "../graph/plural.ts";
import { gapTone, linkName, type PairState, pairState, worstState } from "../tenancy/pair-state.ts";
import type { Badge, BoxLook, Lens } from "./look.ts";

/**
 * Colour: how far what a tenant shares falls short of what is accepted, against the selected tenant, else against the one
 * where it is worst. Arrows: who may reach whom.
 */
export function tenancyLens(assessment: Assessment, tenant: string | undefined): Lens {
  const { pairs } = assessment.structure;
  const concerned = tenant === undefined ? pairs : pairs.filter((pair) => pair.tenants.includes(tenant));
  const worst = worstByTenant(concerned);
  return {
    title: tenant === undefined ? "Sharing, at its worst" : `Sharing with ${tenant}`,
    arrows: "reach",
    legend: [
      { tone: "gap-2", label: "shared, wanted separate" },
      { tone: "gap-1", label: "short by a step" },
      { tone: "gap-unknown", label: "cannot be told" },
      { tone: "gap-0", label: "accepted" },
    ],
    look: (box) => look(box, worst, concerned, tenant),
  };
}

function worstByTenant(pairs: readonly TenantPair[]): ReadonlyMap<string, PairState> {
  const worst = new Map<string, PairState>();
  for (const pair of pairs) {
    const state = pairState(pair.layers);
    for (const name of pair.tenants) {
      const before = worst.get(name);
      worst.set(name, before === undefined ? state : worstState(before, state));
    }
  }
  return worst;
}

function look(
  box: Box,
  worst: ReadonlyMap<string, PairState>,
  pairs: readonly TenantPair[],
  tenant: string | undefined,
): BoxLook {
  const isLeaf = box.kind === "workload" || box.kind === "group";
  if (!isLeaf) return { tone: "none", words: "", badges: frameBadges(box, pairs) };
  const [owner] = box.tenants;
  if (owner !== undefined && owner === tenant) return { tone: "none", words: owner, badges: [] };
  const state = box.tenants.length === 1 && owner !== undefined ? worst.get(owner) : undefined;
  if (state === undefined) return { tone: "none", words: box.tenants.join(", "), badges: [] };
  return { tone: gapTone(state), words: `${stateWords(state)} · ${owner}`, badges: [] };
}

/** The weakest link in a few words. */
function stateWords({ kind, weakest }: PairState): string {
  if (kind === "met" || weakest === undefined) return "accepted";
  return linkName(weakest.layer);
}

function frameBadges(box: Box, pairs: readonly TenantPair[]): readonly Badge[] {
  if (box.kind !== "pool" && box.kind !== "cluster") return [];
  const within = pairs.filter((pair) => pair.tenants.every((name) => box.tenants.includes(name)));
  const short = within.filter((pair) => pairState(pair.layers).kind === "unmet");
  const first = short[0];
  if (first === undefined) return [];
  const title = `${plural(short.length, "pair")} of tenants in it share what one of them does not accept. ${first.verdict}`;
  return [{ symbol: "cross", text: String(short.length), tone: "bad", title }];
}
