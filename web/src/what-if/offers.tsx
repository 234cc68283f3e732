import { useId, useMemo } from "react";
import { writeChanges } from "../../../src/operations/what-if/change-text.ts";
import type { WhatIfOffer } from "../../../src/operations/what-if/offer-changes.ts";
import {
  keyOfChange,
  type WhatIfChange,
  withChange,
  withoutChange,
} from "../../../src/operations/what-if/what-if-change.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import { changeableThings, offerSubject } from "./offer-subject.ts";
import { StripColumn } from "./strip-column.tsx";
import { useStack, useWhatIf } from "./use-what-if.ts";
import classes from "./what-if-strip.module.css";

/** What can be changed of the selected thing. */
export function Offers() {
  const { texts, view, narrow } = useWorkbench();
  // On a narrow screen a selection slides its panel over the strip.
  const of = narrow ? (view.whatIfOf ?? view.selection) : (view.selection ?? view.whatIfOf);
  const subject = useMemo(() => offerSubject(of), [of]);
  const { changes } = useStack();
  const offers = useWhatIf(texts, subject === undefined ? undefined : { what: "offers", changes, subject });
  return (
    <StripColumn title="Change">
      <ThingChoice of={of} />
      {texts === undefined ? (
        <p className={classes.soft}>Waiting for the texts of the estate.</p>
      ) : subject === undefined ? (
        <p className={classes.soft}>
          {of === undefined
            ? "Choose a thing here, on the map or in a list."
            : "Nothing can be tried of this. Choose a workload, pool, cluster, tenant or application."}
        </p>
      ) : offers.kind === "loading" ? (
        <p className={classes.soft}>Reading what can be changed</p>
      ) : offers.kind === "failed" ? (
        <p role="alert">{offers.problem.sentence}</p>
      ) : (
        <OfferList offers={offers.report} />
      )}
    </StripColumn>
  );
}

function ThingChoice({ of }: { readonly of: string | undefined }) {
  const { assessment, change, narrow } = useWorkbench();
  const groups = useMemo(() => changeableThings(assessment), [assessment]);
  const isListed = groups.some(({ things }) => things.some(({ selection }) => selection === of));
  return (
    <select
      className={classes.select}
      aria-label="Thing to change"
      value={isListed ? of : ""}
      onChange={({ currentTarget: { value } }) => {
        const chosen = value === "" ? undefined : value;
        change(narrow ? { whatIfOf: chosen } : { selection: chosen, whatIfOf: undefined, why: undefined });
      }}
    >
      <option value="">{of === undefined || isListed ? "Choose…" : of.slice(of.indexOf("/") + 1)}</option>
      {groups.map(({ title, things }) => (
        <optgroup key={title} label={title}>
          {things.map(({ selection, label }) => (
            <option key={selection} value={selection}>
              {label}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

function OfferList({ offers }: { readonly offers: readonly WhatIfOffer[] }) {
  if (offers.length === 0) return <p className={classes.soft}>There is nothing to try of this.</p>;
  return (
    <div className={classes.offers}>
      {offers.map((offer) => (
        <OfferChoice key={offer.key} offer={offer} />
      ))}
    </div>
  );
}

/** One of the ways it could be; the first is as declared, and takes the change back. */
function OfferChoice({ offer: { key, label, declared, options } }: { readonly offer: WhatIfOffer }) {
  const id = useId();
  const { changes, set } = useStack();
  const textOf = (change: WhatIfChange) => writeChanges([change]);
  const made = changes.find((change) => keyOfChange(change) === key);
  const choose = (text: string) => {
    const chosen = options.find(({ change }) => textOf(change) === text);
    set(chosen === undefined ? withoutChange(changes, key) : withChange(changes, chosen.change));
  };
  return (
    <div className={classes.offer}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className={classes.select}
        data-changed={made !== undefined}
        value={made === undefined ? "" : textOf(made)}
        onChange={({ currentTarget: { value } }) => choose(value)}
      >
        <option value="">{declared} (as declared)</option>
        {options.map(({ label: words, change }) => (
          <option key={textOf(change)} value={textOf(change)}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
