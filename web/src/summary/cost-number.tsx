import { figureText } from "../figures/figure-text.ts";
import { plural } from "../graph/plural.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import { BigNumber } from "./big-number.tsx";

/** The bill a month with its range. */
export function CostNumber() {
  const { assessment, change } = useWorkbench();
  const figure = assessment.headline.monthlyCost;
  const { value, certainty } = figureText(figure);
  const [amount = value, unit] = value.split("/");
  const unpriced = assessment.cost.unpriced.length;
  const partial = {
    symbol: "pin",
    text: "partial",
    tone: "plain",
    title: `${plural(unpriced, "thing")} without a price`,
  } as const;
  return (
    <BigNumber
      label="Cost"
      value={amount}
      {...(unit === undefined ? {} : { unit: `a ${unit}` })}
      badge={assessment.cost.partial ? partial : undefined}
      note={certainty === "" ? "no range: nothing in it is assumed" : certainty.replaceAll("/month", "")}
      hint="Unfold the bill"
      onClick={() => change({ why: figure.id })}
    />
  );
}
