import { figureText } from "../figures/figure-text.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import { BigNumber } from "./big-number.tsx";

/** The bill a month with its range. */
export function CostNumber() {
  const { assessment, change } = useWorkbench();
  const figure = assessment.headline.monthlyCost;
  const { value, certainty } = figureText(figure);
  const [amount = value, unit] = value.split("/");
  const partial = assessment.cost.partial ? `partial: ${assessment.cost.unpriced.length} without a price` : "";
  return (
    <BigNumber
      label="Cost"
      value={amount}
      {...(unit === undefined ? {} : { unit: `a ${unit}` })}
      note={
        [certainty.replaceAll("/month", ""), partial].filter((part) => part !== "").join(" · ") ||
        "no range: nothing is assumed"
      }
      hint="Unfold the bill"
      onClick={() => change({ why: figure.id })}
    />
  );
}
