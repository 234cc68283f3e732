import { lazy, Suspense, useMemo, useState } from "react";
import type { CutSet, JourneyAvailability } from "../../../src/availability/availability-report.ts";
import { formatMinutes } from "../../../src/estate/figures/format-figure.ts";
import { PlaceLink } from "../places/place-link.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./availability-view.module.css";
import { cutWords } from "./cut-words.ts";
import { cutKey, cutSetsOf, journeyGraph, markedCut } from "./journey-graph.ts";
import { Tornado } from "./tornado.tsx";

/** The drawing library comes when there is something to draw. */
const JourneyFlow = lazy(async () => {
  const { JourneyFlow: flow } = await import("./journey-flow.tsx");
  return { default: flow };
});

const minutesPerMonth = 43_830;
const mostTogether = 8;
/** More single points are listed on a click. */
const mostAtFirst = 12;

/** What the journey leans on, what takes it down, and what its downtime hangs on. */
export function CausesPart({ journey }: { readonly journey: JourneyAvailability }) {
  const { assessment, view, change } = useWorkbench();
  const marked = markedCut(journey, view.cut);
  const graph = useMemo(() => journeyGraph(assessment, journey, marked), [assessment, journey, marked]);
  const mark = (cut: CutSet | undefined) => change({ cut: cut === undefined ? undefined : cutKey(cut) }, "replace");
  const { alone, together } = cutSetsOf(journey);
  return (
    <>
      <Suspense fallback={<div className={classes.graph} />}>
        <JourneyFlow graph={graph} name={journey.label} onMark={mark} />
      </Suspense>
      <CutList title={`Takes it down alone: ${alone.length}`} cuts={alone} marked={marked} onMark={mark} />
      <CutList
        title="Only together"
        note={countsInWords(journey.cutSetCounts, together.length > 0)}
        cuts={together.slice(0, mostTogether)}
        marked={marked}
        onMark={mark}
      />
      <Tornado journey={journey} />
    </>
  );
}

interface CutListProps {
  readonly title: string;
  readonly note?: string;
  readonly cuts: readonly CutSet[];
  readonly marked: CutSet | undefined;
  readonly onMark: (cut: CutSet | undefined) => void;
}

/** Cut sets in words, the most downtime first; a click marks one in the drawing. */
function CutList({ title, note, cuts, marked, onMark }: CutListProps) {
  const [all, setAll] = useState(false);
  const markedAt = marked === undefined ? -1 : cuts.indexOf(marked);
  const shown = all ? cuts : cuts.slice(0, Math.max(mostAtFirst, markedAt + 1));
  return (
    <section aria-label={title}>
      <h3 className={classes.subtitle}>{title}</h3>
      {note === undefined ? null : <p className={classes.words}>{note}</p>}
      {cuts.length === 0 && note === undefined ? <p className={classes.words}>Nothing.</p> : null}
      <ol className={classes.cuts}>
        {shown.map((cut) => {
          const { text, place } = cutWords(cut.words);
          const isMarked = cut === marked;
          return (
            <li key={cutKey(cut)} className={classes.cut} data-marked={isMarked}>
              <button type="button" aria-pressed={isMarked} onClick={() => onMark(isMarked ? undefined : cut)}>
                {text}
              </button>
              <span className={classes.cutMinutes}>{formatMinutes(cut.unavailability * minutesPerMonth)} a month</span>
              {place === undefined ? null : (
                <span className={classes.cutPlace}>
                  <PlaceLink place={place} />
                </span>
              )}
            </li>
          );
        })}
      </ol>
      {shown.length === cuts.length ? null : (
        <button type="button" className={classes.showAll} onClick={() => setAll(true)}>
          Show {cuts.length - shown.length} more, less likely than these
        </button>
      )}
    </section>
  );
}

/** `401 pairs, 809 triples and 37,892 larger sets`. */
function countsInWords([, pairs = "0", triples = "0", ...larger]: readonly string[], areListed: boolean): string {
  const more = larger.reduce((sum, count) => sum + BigInt(count), 0n);
  const number = (count: string | bigint) => BigInt(count).toLocaleString("en-US");
  const sets = `${number(pairs)} pairs, ${number(triples)} triples and ${number(more)} larger sets of failures take it down`;
  return areListed
    ? `${sets}; the most likely:`
    : `${sets}, each of them less likely than the likeliest single failures.`;
}
