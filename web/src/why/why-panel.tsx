import { useState } from "react";
import type { Figure } from "../../../src/estate/figures/figure.ts";
import { formatAvailability } from "../../../src/estate/figures/format-figure.ts";
import { assumptionsOf, figureMarkdown } from "../figures/figure-markdown.ts";
import { figureText } from "../figures/figure-text.ts";
import { Icon } from "../symbols/icon.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import { ReasonTree } from "./reason-tree.tsx";
import classes from "./why-panel.module.css";

/** One number unfolded to formula, facts, declared values and assumptions. */
export function WhyPanel({ figure }: { readonly figure: Figure }) {
  const { change } = useWorkbench();
  const { value, certainty } = figureText(figure, "exact");
  return (
    <div className={classes.panel}>
      <div className={classes.bar}>
        <button type="button" className={classes.back} onClick={() => change({ why: undefined })}>
          <Icon name="back" /> Back
        </button>
        <CopyMarkdown figure={figure} />
      </div>
      <p className={classes.kind}>Why this number</p>
      <h2 className={classes.label}>{figure.label}</h2>
      <p className={classes.value}>{availabilityOf(figure) ?? value}</p>
      {certainty === "" ? null : <p className={classes.certainty}>{certainty}</p>}
      <code className={classes.id}>{figure.id}</code>
      <h3 className={classes.heading}>It stands on</h3>
      {figure.reasons.length === 0 ? (
        <p className={classes.certainty}>Nothing is recorded.</p>
      ) : (
        <ReasonTree reasons={figure.reasons} />
      )}
      <Sharpen figure={figure} />
    </div>
  );
}

/** A share of time down is easier to read as what is left. */
function availabilityOf(figure: Figure): string | undefined {
  if (figure.result.kind !== "exact" || !figure.id.startsWith("availability/") || figure.unit !== "ratio")
    return undefined;
  return formatAvailability(figure.result.value);
}

function CopyMarkdown({ figure }: { readonly figure: Figure }) {
  const [copied, setCopied] = useState<"no" | "yes" | "refused">("no");
  const copy = () => {
    navigator.clipboard.writeText(figureMarkdown(figure)).then(
      () => setCopied("yes"),
      () => setCopied("refused"),
    );
  };
  const words = { no: "Copy as Markdown", yes: "Copied", refused: "The browser refused" };
  return (
    <button type="button" className={classes.back} onClick={copy} aria-live="polite">
      <Icon name="copy" /> {words[copied]}
    </button>
  );
}

/** The two or three inputs whose replacement by facts would change the number most. */
function Sharpen({ figure }: { readonly figure: Figure }) {
  const { assessment } = useWorkbench();
  const assumptions = assumptionsOf(figure)
    .flatMap((id) => assessment.assumptions.find((one) => one.id === id) ?? [])
    .slice(0, 3);
  if (assumptions.length === 0) return null;
  return (
    <>
      <h3 className={classes.heading}>What would change it</h3>
      <ul className={classes.sharpen}>
        {assumptions.map((assumption) => (
          <li key={assumption.id}>
            <code>{assumption.replaceBy}</code>
            <span>
              now assumed: {assumption.value} ({assumption.id})
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
