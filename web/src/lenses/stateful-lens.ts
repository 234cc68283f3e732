import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import type { StoreTimelines } from "../../../src/operations/stateful/recovery-timelines-report.ts";
import type { Box } from "../graph/box.ts";
import { plural } from "../graph/plural.ts";
import { scopeNames, verdictBadges } from "../stateful/store-words.ts";
import { missedScopes, type StoresOnMap, worstStanding } from "../stateful/stores-on-map.ts";
import type { Badge, BoxLook, Lens } from "./look.ts";

const tones = { yes: "gap-0", likely: "gap-1", no: "gap-2", notEvaluable: "gap-unknown" } as const;
const words = {
  yes: "comes back in time",
  likely: "in time as a rule",
  no: "not in time",
  notEvaluable: "nobody says when",
} as const;

/**
 * Colour: whether what keeps data comes back as its document declares. Badges: whether the store is the right one, what its readers need, what two
 * pods may write at once, how many stores hang in a frame. Arrows: who leans on what.
 */
export function statefulLens(assessment: Assessment, stores: StoresOnMap | undefined): Lens {
  const held = timelinesByWorkload(assessment, stores);
  return {
    title: "Does data come back in time?",
    arrows: "dependencies",
    legend: [
      { tone: "gap-0", label: "recovery held" },
      { tone: "gap-1", label: "held as a rule" },
      { tone: "gap-2", label: "objective missed" },
      { tone: "gap-unknown", label: "nothing declared, or nobody says" },
      { tone: "none", label: stores === undefined ? "not timed yet" : "keeps no data" },
    ],
    look: (box) => (stores === undefined ? { tone: "none", words: "", badges: [] } : look(box, stores, held)),
  };
}

type Held = ReadonlyMap<string, StoreTimelines>;

/** Stores in clusters by the workload that holds them: a subject is a DataStore, or the workload itself. */
function timelinesByWorkload({ estate }: Assessment, stores: StoresOnMap | undefined): Held {
  const known = new Set(estate.workloads.map(({ id }) => id));
  const own = [...(stores?.timelines ?? [])].flatMap(([subject, store]) =>
    (store.workloads ?? [subject]).filter((id) => known.has(id)).map((id) => [id, store] as const),
  );
  return new Map(own);
}

function look(box: Box, stores: StoresOnMap, held: Held): BoxLook {
  if (box.kind === "target") return targetLook(box, stores);
  const own = box.workloads.flatMap((id) => held.get(id) ?? []);
  if (box.kind === "workload" && own[0] !== undefined) return storeLook(own[0], own[0].form);
  const missed = new Set(own.filter(({ timelines }) => worstStanding(timelines) === "no"));
  const badges: readonly Badge[] =
    missed.size === 0
      ? []
      : [
          {
            symbol: "cross",
            text: `${plural(missed.size, "store")} late`,
            tone: "bad",
            title: `Not back as declared: ${[...missed].map(({ subject }) => subject).join(", ")}`,
          },
        ];
  return { tone: "none", words: "", badges };
}

function targetLook({ id }: Box, stores: StoresOnMap): BoxLook {
  const subject = id.replace(/^target\//, "");
  const store = stores.timelines.get(subject);
  if (store === undefined) return { tone: "none", words: "", badges: [] };
  const advised = stores.advice.get(subject.replace(/^DataStore\//, ""));
  const look = storeLook(store, store.form);
  if (advised === undefined) return look;
  const verdict = verdictBadges[advised.verdict];
  const title = advised.answer === undefined ? verdict.title : `${verdict.title}: ${advised.answer}`;
  const reads: readonly Badge[] =
    advised.reads === undefined
      ? []
      : [{ symbol: "ring", text: advised.reads, tone: "plain", title: `Readers need ${advised.reads} consistency` }];
  return { ...look, badges: [{ ...verdict, title }, ...reads, ...look.badges] };
}

function storeLook({ timelines, writerRisks }: StoreTimelines, form: string): BoxLook {
  const standing = worstStanding(timelines);
  const missed = missedScopes(timelines);
  const badges: Badge[] = [];
  if (missed.length > 0) {
    const scopes = missed.map(({ scope }) => scopeNames[scope].toLowerCase());
    badges.push({
      symbol: "cross",
      text: scopes.length === 1 ? (scopes[0] ?? "") : `${scopes.length} objectives missed`,
      tone: "bad",
      title: `Not as declared: ${scopes.join(", ")}`,
    });
  }
  const [risk] = writerRisks;
  if (risk !== undefined) badges.push({ symbol: "alert", text: "two writers", tone: "warn", title: risk.text });
  return {
    tone: standing === undefined ? "gap-unknown" : tones[standing],
    words: standing === undefined ? form : words[standing],
    badges,
  };
}
