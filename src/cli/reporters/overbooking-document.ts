import type { OverbookingReport } from "../../operations/stateful/overbooking.ts";
import { type Document, heading, paragraph, table } from "./document.ts";

/** Levels of booking shown on either side of the best. */
const shownAround = 5;

const answers = {
  writeOff: "Write off",
  retry: "Retry elsewhere or later",
  compensate: "Turn away and make amends",
  coordinate: "Coordinate every sale",
} as const;

/** How many to sell, and the four answers to one too many. */
export function overbookingDocument(report: OverbookingReport): Document {
  const { best, atCapacity, curve, isUnbounded } = report;
  const right = (title: string) => ({ title, align: "right" as const });
  const gain = (best?.expectedRevenue ?? 0) - (atCapacity?.expectedRevenue ?? 0);
  return [
    heading(1, isUnbounded ? "Another sale always pays" : `Sell ${best?.sold ?? 0}`),
    paragraph(
      isUnbounded
        ? `One too many costs no more than a sale brings, so no number of sales is the best; shown around the capacity. Objective: ${report.objective}.`
        : `${gain.toFixed(2)} more than selling ${atCapacity?.sold ?? 0}. Objective: ${report.objective}.`,
    ),
    ...table(
      [
        right("Sold"),
        right("Too many"),
        right("Mean too many"),
        right("Mean empty"),
        right("Mean revenue"),
        { title: "" },
      ],
      curve
        .filter((level) => Math.abs(level.sold - (best?.sold ?? 0)) <= shownAround)
        .map(({ sold, overProbability, expectedBumped, expectedEmpty, expectedRevenue }) => [
          String(sold),
          `${(overProbability * 100).toFixed(2)} %`,
          expectedBumped.toFixed(3),
          expectedEmpty.toFixed(3),
          expectedRevenue.toFixed(2),
          sold === best?.sold && !isUnbounded ? "best" : "",
        ]),
    ),
    heading(2, "Four answers to one too many"),
    ...table(
      [{ title: "Answer" }, right("Sold"), right("Mean too many"), right("Cost"), right("Revenue less cost")],
      report.answers.map(({ answer, sold, expectedBumped, expectedCost, expectedNet, missing }) => [
        answers[answer],
        String(sold),
        expectedBumped.toFixed(3),
        expectedCost === undefined ? `no ${missing.join(", ")}` : expectedCost.toFixed(2),
        expectedNet === undefined ? "" : expectedNet.toFixed(2),
      ]),
    ),
  ];
}
