import type { ChaosVerification } from "../../operations/chaos/chaos-verify.ts";
import { bullets, code, type Document, heading, paragraph, table } from "./document.ts";
import { shortDuration } from "./slo-words.ts";
import { counted, listed } from "./words.ts";

/** Observed against predicted, and what of the estate has to change. */
export function chaosVerificationDocument({ observations, notObserved, tolerance }: ChaosVerification): Document {
  const count = (verdict: string) => observations.filter((each) => each.verdict === verdict).length;
  const refuted = observations.flatMap(({ experiment, refuted: each }) =>
    each === undefined ? [] : [{ experiment, ...each }],
  );
  return [
    heading(1, "Observed against predicted"),
    paragraph(
      `${counted(observations.length, "observation")}: ${count("agrees")} agree within ${Math.round(tolerance * 100)} % or 30 s, ${count("better")} are better, ${count("worse")} worse.`,
    ),
    ...table(
      [
        { title: "Experiment" },
        { title: "Journey" },
        { title: "Predicted down", align: "right" },
        { title: "Observed", align: "right" },
        { title: "Verdict" },
      ],
      observations.map((each) => [
        each.experiment,
        each.journey,
        shortDuration(each.predictedSeconds),
        shortDuration(each.observedSeconds),
        each.verdict,
      ]),
    ),
    ...(refuted.length === 0 ? [] : [heading(2, "What is refuted")]),
    ...bullets(
      refuted.map(
        ({ experiment, words, field, replaceBy }) =>
          `${code(experiment)}: ${words} ${replaceBy === undefined ? `Look at ${code(field)}.` : `Write ${code(replaceBy)} at ${code(field)}.`}`,
      ),
    ),
    ...(notObserved.length === 0
      ? []
      : [
          paragraph(
            `Nothing was seen of ${counted(notObserved.length, "planned experiment or drill", "planned experiments and drills")}: ${listed(notObserved, 6)}.`,
          ),
        ]),
  ];
}
