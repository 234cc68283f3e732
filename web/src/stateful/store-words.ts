import type { ReportedTimeline } from "../../../src/operations/stateful/recovery-timelines-report.ts";
import type { AdvisedStore } from "../../../src/operations/stateful/store-advice-report.ts";
import type { ViolationKind } from "../../../src/stateful/simulation/checking/violations.ts";
import type { ObjectiveStanding } from "../../../src/stateful/timelines/objectives.ts";
import type { Badge } from "../lenses/look.ts";

export const scopeNames: { readonly [scope in ReportedTimeline["scope"]]: string } = {
  pod: "Pod lost",
  node: "Node lost",
  zone: "Zone lost",
  region: "Region lost",
  operatorError: "Data destroyed by mistake",
  drain: "Planned drain",
};

export const standingBadges: { readonly [standing in ObjectiveStanding]: Badge } = {
  yes: { symbol: "check", text: "held", tone: "good", title: "What is declared is held at worst" },
  likely: {
    symbol: "alert",
    text: "as a rule",
    tone: "warn",
    title: "Held as a rule, not at worst, or promised by nobody",
  },
  no: { symbol: "cross", text: "missed", tone: "bad", title: "What is declared is not held" },
  notEvaluable: { symbol: "question", text: "nobody says", tone: "plain", title: "No source says how long it takes" },
};

export const verdictBadges: { readonly [verdict in AdvisedStore["verdict"]]: Badge } = {
  keep: { symbol: "check", text: "keep", tone: "good", title: "What is there is the best that fits" },
  mayChange: {
    symbol: "diamond",
    text: "may change",
    tone: "plain",
    title: "What is there fits; something else costs less",
  },
  change: {
    symbol: "alert",
    text: "change",
    tone: "warn",
    title: "A rule rejects what is there, or nobody vouches for it",
  },
  choose: { symbol: "diamond", text: "choose", tone: "plain", title: "Nothing is there yet" },
  impossible: { symbol: "cross", text: "impossible", tone: "bad", title: "Nothing meets all demands together" },
};

/** The choice in one sentence. */
export function choiceSentence({ verdict, answer, now }: AdvisedStore): string {
  const held = now.matches ?? now.service;
  switch (verdict) {
    case "keep":
      return `${held} is there, and is the best of what fits.`;
    case "mayChange":
      return `${held} is there and fits; ${answer ?? "another"} ranks before it.`;
    case "change":
      return now.standing === "rejected"
        ? `${held} is there and does not fit; ${answer ?? "nothing"} does.`
        : `${held} is there, and nobody vouches that it fits; ${answer ?? "nothing"} does.`;
    case "choose":
      return `Nothing is there yet; ${answer ?? "nothing"} fits best.`;
    case "impossible":
      return "Nothing meets all demands together.";
  }
}

/** What a guarantee says while it holds. */
export const guaranteeNames: { readonly [kind in ViolationKind]: string } = {
  staleRead: "No read misses what was acknowledged",
  readYourWrites: "Clients read their own writes",
  monotonicReads: "Reads of a client never go back",
  monotonicWrites: "Writes of a client keep their order",
  writesFollowReads: "Writes come after what was read",
  linearizability: "One order explains every read",
  lostWrite: "Acknowledged changes still count",
  oversell: "Nothing is sold that is not there",
  bankTotal: "No money appears or disappears",
  duplicateEffect: "Nothing takes effect twice",
  lostEffect: "Nothing that should follow is missing",
};
