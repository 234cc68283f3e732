import { plural } from "../graph/plural.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./sharpen-strip.module.css";

/** The three facts that would sharpen the answer most, with the field to write. */
export function SharpenStrip() {
  const { assessment, change } = useWorkbench();
  const { sharpen, assumptions, catalog } = assessment;
  const toAssumptions = () => change({ view: "list", table: "assumptions" });
  return (
    <section className={classes.strip} aria-label="What would sharpen the answer">
      <div className={classes.head}>
        <h2 className={classes.title}>
          {sharpen.length === 0 ? "Nothing assumed weighs on the answer" : "What would sharpen the answer"}
        </h2>
        <p className={classes.stands}>
          <button type="button" className={classes.link} onClick={toAssumptions}>
            {plural(assumptions.length, "assumption")}
          </button>
          , prices {catalog.pricesAsOf}, SLAs {catalog.slasAsOf}
        </p>
      </div>
      <ul className={classes.facts}>
        {sharpen.map((fact) => (
          <li key={fact.assumption}>
            <button type="button" className={classes.fact} title={fact.sentence} onClick={toAssumptions}>
              <code>{fact.replaceBy}</code>
              <span>{withoutField(fact.sentence, fact.replaceBy)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The sentence begins with the field, which stands above it already. */
function withoutField(sentence: string, field: string): string {
  const rest = sentence.startsWith(`Write ${field}: `) ? sentence.slice(`Write ${field}: `.length) : sentence;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
