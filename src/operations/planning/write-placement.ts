import type { Finding } from "../../audit/finding.ts";
import type { ChangeTarget, ManifestChange } from "../../audit/manifest-change.ts";
import { planFaults } from "../../audit/source-edits/check-plan.ts";
import { planEdits } from "../../audit/source-edits/plan-edits.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { formatPlace } from "../../estate/sources/place.ts";
import { placementChanges, unpinningChanges } from "../../planning/documents/placement-changes.ts";
import type { ReadEstate } from "../read-estate.ts";

/** A workload that its manifests do not bring to its planned pool, and why not. */
export interface UnplacedWorkload {
  readonly workload: Workload;
  readonly planned: Workload;
  /** A clause that follows "because", without a full stop. */
  readonly reason: string;
}

export interface WrittenPlacement {
  readonly read: ReadEstate;
  /** Workloads whose manifests were changed. */
  readonly placed: readonly string[];
  readonly unplaced: readonly UnplacedWorkload[];
}

/** A text that several environments share is settled for most of them first, then overlay by overlay. */
const mostRounds = 24;

const renderedText = "it is rendered from a chart: change the values or the template";
const gone = "the documents put no workload of that name on its planned cluster";

/**
 * Writes what brings pods to their planned pools into the manifests, in memory: where it is declared, as a patch of the
 * overlay where only some environments want it. Every round is rendered again and held against what was meant.
 */
export function writePlacement(
  input: ReadEstate,
  planned: Estate,
  reload: (read: ReadEstate, texts: ReadonlyMap<string, string>) => ReadEstate,
): WrittenPlacement {
  const wanted = new Map(planned.workloads.map((workload) => [workload.id, workload]));
  const refused = refusedAsRendered(input);
  const touched = new Set<string>();
  let read = input;
  for (let round = 0; round < mostRounds; round += 1) {
    const findings = placementFindings(read.estate, wanted, refused);
    if (findings.length === 0) break;
    const next = settle(read, findings, refused, reload);
    if (next === undefined) continue;
    read = next.read;
    for (const id of next.placed) touched.add(id);
  }
  const standing = new Map(read.estate.workloads.map((workload) => [workload.id, workload]));
  const unplaced = placementFindings(read.estate, wanted, new Map()).flatMap(({ subject }) => {
    const workload = standing.get(subject);
    const target = wanted.get(subject);
    if (workload === undefined || target === undefined) return [];
    return [
      {
        workload,
        planned: target,
        reason: refused.get(keyOf({ rule: "place", subject })) ?? "no change of the texts brings it about",
      },
    ];
  });
  const missing = [...wanted.values()]
    .filter(({ id }) => !standing.has(id))
    .map((workload) => ({ workload, planned: workload, reason: gone }));
  const failed = new Set(unplaced.map(({ workload }) => workload.id));
  return { read, placed: [...touched].filter((id) => !failed.has(id)).toSorted(), unplaced: [...unplaced, ...missing] };
}

/** What a chart was rendered to and kept: what is written there is gone when it is rendered again. */
function refusedAsRendered({ estate, sources }: ReadEstate): Map<string, string> {
  const rendered = new Set(
    [...sources.texts].flatMap(([path, text]) => (/^# Source: \S+\/templates\//m.test(text) ? [path] : [])),
  );
  const stages: readonly Stage[] = ["unpin", "place"];
  return new Map(
    estate.workloads
      .filter(({ place }) => rendered.has(place.source))
      .flatMap(({ id }) => stages.map((rule) => [keyOf({ rule, subject: id }), renderedText] as const)),
  );
}

/** One round of edits; undefined when some of it was refused and the rest has to be tried without. */
function settle(
  read: ReadEstate,
  findings: readonly Finding[],
  refused: Map<string, string>,
  reload: (read: ReadEstate, texts: ReadonlyMap<string, string>) => ReadEstate,
): { readonly read: ReadEstate; readonly placed: readonly string[] } | undefined {
  const { estate, sources } = read;
  const plan = planEdits({ estate, texts: sources.texts, wanted: findings, all: findings });
  for (const { finding, reason } of plan.refused) refused.set(keyOf(finding), reason);
  if (plan.made.length === 0) {
    for (const finding of plan.deferred) {
      refused.set(keyOf(finding), "clusters that are deployed from one text want different pools");
    }
    return undefined;
  }
  const after = reload(read, plan.texts);
  const faults = planFaults(plan, estate, after.estate);
  for (const { finding, reason } of faults) refused.set(keyOf(finding), reason);
  return faults.length > 0 ? undefined : { read: after, placed: plan.made.map(({ subject }) => subject) };
}

/** The two kinds of rounds that a workload can take: first what all environments agree to take away, then the rest. */
type Stage = "unpin" | "place";

/**
 * What placement asks for, in the form in which the editor of manifests takes it. Where environments that share a text are
 * to have different pools, what ties them to today's goes first: then each overlay says its own.
 */
function placementFindings(
  estate: Estate,
  wanted: ReadonlyMap<string, Workload>,
  refused: ReadonlyMap<string, string>,
): readonly Finding[] {
  const groups = Map.groupBy(
    estate.workloads.filter(({ id }) => wanted.has(id)),
    ({ application, cluster, namespace, kind, name }) =>
      [application ?? `on ${cluster}`, namespace, kind, name].join("/"),
  );
  return [...groups.values()].flatMap((group) => {
    const asked = group.map((workload) => ({ workload, planned: wanted.get(workload.id) ?? workload }));
    const findings = (stage: Stage) =>
      asked
        .map(({ workload, planned }) => findingOf(workload, planned, stage))
        .filter((finding) => (finding.fix?.changes ?? []).length > 0 && !refused.has(keyOf(finding)));
    const first = isShared(asked) ? findings("unpin") : [];
    return first.length > 0 ? first : alike(findings("place"), group);
  });
}

/**
 * Where all of a group are to change alike, it is done at once, in the text that they have in common; else environment by
 * environment, so that each overlay says its own and no base names the pool of another environment.
 */
function alike(findings: readonly Finding[], group: readonly Workload[]): readonly Finding[] {
  const changes = new Set(findings.map(({ fix }) => JSON.stringify(fix?.changes)));
  if (changes.size === 1 && findings.length === group.length) return findings;
  const [first] = findings;
  return findings.filter(({ environment }) => environment === first?.environment);
}

/** One place of the texts ties workloads to their pool that are to have different ones. */
function isShared(asked: readonly { readonly workload: Workload; readonly planned: Workload }[]): boolean {
  const wanted = new Map<string, string>();
  return asked.some(({ workload: { object, podSpec, podSpecPath }, planned: { nodeSelector, tolerations } }) => {
    const placement = JSON.stringify([nodeSelector, tolerations]);
    return ["nodeSelector", "tolerations"].some((field) => {
      if (podSpec[field] === undefined) return false;
      const place = formatPlace(object.locate([...podSpecPath, field]));
      const known = wanted.get(place);
      wanted.set(place, placement);
      return known !== undefined && known !== placement;
    });
  });
}

function findingOf(workload: Workload, planned: Workload, stage: Stage): Finding {
  const { apiVersion, kind, name } = workload.object;
  const target: ChangeTarget = { apiVersion, kind, name, namespace: workload.namespace };
  const changes = stage === "unpin" ? unpinningChanges(workload, planned) : placementChanges(workload, planned);
  const description = "bring the pods to their planned pool";
  return {
    rule: stage,
    name: "placement",
    verdict: "fail",
    severity: "medium",
    subject: workload.id,
    subjectLabel: workload.label,
    environment: workload.environment,
    message: description,
    place: workload.place,
    fix: {
      description,
      changes: changes.map(
        ({ path, value }): ManifestChange =>
          value === undefined ? { kind: "remove", target, path } : { kind: "set", target, path, value },
      ),
    },
  };
}

function keyOf({ rule, subject }: Pick<Finding, "rule" | "subject">): string {
  return `${rule} ${subject}`;
}
