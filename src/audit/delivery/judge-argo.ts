import { asList, asObject, asText, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import { lookupOf } from "../estate-lookup/estate-lookup.ts";
import { objectOutcome } from "../estate-lookup/object-outcome.ts";
import { editFix } from "../fixes/manifest-fix.ts";
import type { RuleOutcome } from "../rule.ts";
import { ownerOfUrl, ownOwner } from "./third-party.ts";

/** Everything wrong with one Application of Argo CD. */
export function* judgeArgoApplication(estate: Estate, placed: PlacedObject): Iterable<RuleOutcome> {
  const { object } = placed;
  const spec = asObject(object.value.spec);
  const automated = asObject(spec.syncPolicy).automated;
  const settings = asObject(automated);
  const base = ["spec", "syncPolicy", "automated"];
  // Present but disabled counts as a person who syncs by hand, as does no policy at all.
  const isAutomated = isJsonObject(automated) && settings.enabled !== false;
  for (const { part, name, consequence } of switches) {
    if (isAutomated && settings[name] === true) continue;
    const state = isAutomated ? `has ${name} off` : "is synchronised by hand";
    yield objectOutcome(estate, placed, {
      verdict: "fail",
      part,
      field: [...base, name],
      message: `Application ${object.name} ${state}: ${consequence}.`,
      fix: editFix(`Switch on ${name}.`, placed, [{ path: [...base, name], value: true }]),
    });
  }
  yield* movingRevisions(estate, placed);
}

const switches = [
  { part: "1", name: "prune", consequence: "what is deleted in Git stays on the cluster" },
  { part: "8", name: "selfHeal", consequence: "what is changed on the cluster by hand stays changed" },
] as const;

function* movingRevisions(estate: Estate, placed: PlacedObject): Iterable<RuleOutcome> {
  const own = ownOwner(
    lookupOf(estate)
      .objects.ofKind("Application.argoproj.io")
      .flatMap((each) => sourcesOf(each).flatMap(({ value }) => asText(value["repoURL"]) ?? [])),
  );
  for (const { value, path } of sourcesOf(placed)) {
    const url = asText(value["repoURL"]) ?? "";
    const revision = asText(value["targetRevision"]) ?? "HEAD";
    const isChart = asText(value["chart"]) !== undefined;
    const isMoving = isChart
      ? /^(?:HEAD|\*|x)$/.test(revision)
      : /^(?:HEAD|main|master|develop|dev|trunk)$/.test(revision);
    const owner = ownerOfUrl(url);
    if (!isMoving || (!isChart && (owner === undefined || owner === own))) continue;
    yield objectOutcome(estate, placed, {
      verdict: "fail",
      part: "6",
      field: [...path, "targetRevision"],
      message: `Application ${placed.object.name} follows ${revision} of ${url}, which belongs to others: what they push runs here.`,
      fix: { description: "Pin a tag, a commit or a chart version." },
    });
  }
}

function sourcesOf({ object }: PlacedObject) {
  const spec = asObject(object.value.spec);
  const single = isJsonObject(spec.source) ? [{ value: spec.source, path: ["spec", "source"] }] : [];
  const several = asList(spec.sources).map((each, index) => ({
    value: asObject(each),
    path: ["spec", "sources", index],
  }));
  return [...single, ...several];
}
