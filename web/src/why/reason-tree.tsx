import { useState } from "react";
import { type Figure, likelyValue, type Reason } from "../../../src/estate/figures/figure.ts";
import { valueText } from "../figures/figure-markdown.ts";
import { figureText } from "../figures/figure-text.ts";
import { PlaceLink } from "../places/place-link.tsx";
import { Icon } from "../symbols/icon.tsx";
import { Sign } from "../symbols/sign.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./reason-tree.module.css";

const shown = 24;

/** What a figure stands on: formula first, then parts, facts, assumptions, declared values. */
export function ReasonTree({ reasons, depth = 0 }: { readonly reasons: readonly Reason[]; readonly depth?: number }) {
  const [all, setAll] = useState(false);
  const ordered = reasons.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || sizeOf(b) - sizeOf(a));
  const visible = all ? ordered : ordered.slice(0, shown);
  return (
    <ul className={classes.reasons} data-depth={depth}>
      {visible.map((reason, index) => (
        <li key={index} className={classes.reason}>
          <ReasonLine reason={reason} depth={depth} />
        </li>
      ))}
      {visible.length < ordered.length ? (
        <li>
          <button type="button" className={classes.more} onClick={() => setAll(true)}>
            {ordered.length - visible.length} more
          </button>
        </li>
      ) : null}
    </ul>
  );
}

const order: readonly Reason["kind"][] = ["formula", "figure", "fact", "measurement", "assumption", "declared"];

/** Parts are listed largest first; other reasons keep their order. */
function sizeOf(reason: Reason): number {
  return reason.kind === "figure" ? Math.abs(likelyValue(reason.figure) ?? 0) : 0;
}

function ReasonLine({ reason, depth }: { readonly reason: Reason; readonly depth: number }) {
  switch (reason.kind) {
    case "formula":
      return (
        <>
          <span className={classes.kind}>formula</span>
          <code className={classes.formula}>{reason.text}</code>
          {reason.source === undefined ? null : <span className={classes.origin}>{reason.source}</span>}
        </>
      );
    case "fact":
      return (
        <>
          <Named kind="fact" name={reason.name} value={valueText(reason)} />
          <span className={classes.origin}>
            {reason.source}, {reason.asOf}
            {reason.verified ? "" : ", unverified"}
          </span>
        </>
      );
    case "declared":
      return (
        <>
          <Named kind="declared" name={reason.name} value={valueText(reason)} />
          {reason.place === undefined ? null : <PlaceLink place={reason.place} />}
        </>
      );
    case "measurement":
      return (
        <>
          <Named kind="measured" name={reason.name} value={valueText(reason)} />
          <span className={classes.origin}>
            {reason.source}, {reason.window}
          </span>
        </>
      );
    case "assumption":
      return <AssumptionLine reason={reason} />;
    case "figure":
      return <PartLine figure={reason.figure} depth={depth} />;
  }
}

function Named({ kind, name, value }: { readonly kind: string; readonly name: string; readonly value: string }) {
  return (
    <>
      <span className={classes.kind}>{kind}</span>
      <span className={classes.name}>{name}</span>
      <span className={classes.value}>{value}</span>
    </>
  );
}

function AssumptionLine({ reason }: { readonly reason: Extract<Reason, { kind: "assumption" }> }) {
  const { assessment } = useWorkbench();
  const replaceBy = assessment.assumptions.find((one) => one.id === reason.id)?.replaceBy;
  return (
    <div className={classes.assumption}>
      <span className={classes.kind}>
        <Sign name="ring" /> assumption {reason.id}
      </span>
      <span>{reason.text}</span>
      {replaceBy === undefined ? null : (
        <span className={classes.origin}>
          say it in <code>{replaceBy}</code>
        </span>
      )}
    </div>
  );
}

/** A figure inside a figure, folded until asked for. */
function PartLine({ figure, depth }: { readonly figure: Figure; readonly depth: number }) {
  const [open, setOpen] = useState(false);
  const { value, certainty } = figureText(figure, "exact");
  return (
    <>
      <button type="button" className={classes.part} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={classes.caret} data-open={open}>
          <Icon name="caret" />
        </span>
        <span className={classes.name}>{figure.label}</span>
        <span className={classes.value}>{value}</span>
        {certainty === "" ? null : <span className={classes.certainty}>{certainty}</span>}
      </button>
      {open ? <ReasonTree reasons={figure.reasons} depth={depth + 1} /> : null}
    </>
  );
}
