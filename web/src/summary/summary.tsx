import { AvailabilityNumber } from "./availability-number.tsx";
import { CostNumber } from "./cost-number.tsx";
import { FindingsNumber } from "./findings-number.tsx";
import classes from "./summary.module.css";
import { WorstThings } from "./worst-things.tsx";

/** Three big numbers and the three worst things. */
export function Summary() {
  return (
    <section className={classes.summary} aria-label="Summary">
      <div className={classes.numbers}>
        <CostNumber />
        <AvailabilityNumber />
        <FindingsNumber />
      </div>
      <WorstThings />
    </section>
  );
}
