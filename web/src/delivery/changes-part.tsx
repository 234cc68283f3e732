import { type CloudTargetName, cloudTargetNames } from "../../../src/gitops/cloud/cloud-target-name.ts";
import type { InfrastructureChange } from "../../../src/operations/gitops/repository-report.ts";
import { plural } from "../graph/plural.ts";
import { Badge } from "../symbols/badge.tsx";
import { Choice } from "../symbols/choice.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import type { CloudEdit, EditablePart, EditEffects } from "./delivery-request.ts";
import classes from "./delivery-view.module.css";
import {
  cloudLabels,
  effectBadges,
  effectSentence,
  fieldLabel,
  rollingSentence,
  worstEffect,
} from "./delivery-words.ts";
import { EditControls } from "./edit-controls.tsx";
import { useEdits, useEffects } from "./use-delivery.ts";

/** What the edit of a field does when a target brings it to Azure. */
export function ChangesPart() {
  const { texts } = useWorkbench();
  const edits = useEdits(texts);
  switch (edits.kind) {
    case "loading":
      return (
        <p className={classes.words} role="status">
          Reading the fields of clusters and pools
        </p>
      );
    case "failed":
      return (
        <p className={classes.words} role="alert">
          {edits.problem.sentence} {edits.problem.hint}
        </p>
      );
    case "ready":
      return <Changes parts={edits.report} />;
  }
}

function Changes({ parts }: { readonly parts: readonly EditablePart[] }) {
  const { texts, view, change, assessment } = useWorkbench();
  const part = parts.find(({ key }) => key === view.edit) ?? parts[0];
  const field = part?.fields.find(({ field: name }) => name === view.editField) ?? part?.fields[0];
  const edit: CloudEdit | undefined =
    part === undefined || field === undefined
      ? undefined
      : { part: part.key, field: field.field, value: view.editTo ?? field.proposed };
  const effects = useEffects(texts, edit);
  if (part === undefined || field === undefined || edit === undefined) {
    return (
      <p className={classes.words}>
        No cluster is declared, so no cloud side is written: declare one to see what its changes do.
      </p>
    );
  }
  const target = targetOf(view.cloud);
  return (
    <>
      <EditControls parts={parts} part={part} field={field} value={edit.value} />
      <div className={classes.controls}>
        <span className={classes.label}>Through</span>
        <Choice
          label="Target"
          value={target}
          options={cloudTargetNames.map((value) => ({ value, label: cloudLabels[value] }))}
          onChange={(cloud) => change({ cloud })}
        />
      </div>
      {effects.kind === "loading" ? (
        <p className={classes.words} role="status">
          Comparing the infrastructure of {assessment.estate.name} before and after
        </p>
      ) : effects.kind === "failed" ? (
        <p className={classes.words} role="alert">
          {effects.problem.sentence}
        </p>
      ) : effects.report.kind === "refused" ? (
        <p className={classes.words} role="alert">
          {effects.report.problem}
        </p>
      ) : (
        <Told effects={effects.report} target={target} />
      )}
    </>
  );
}

/** Edits have an effect on some target always: without a cloud side, on the first. */
function targetOf(cloud: CloudTargetName | "none" | undefined): CloudTargetName {
  return cloud === undefined || cloud === "none" ? "bicep" : cloud;
}

interface ToldProps {
  readonly effects: Extract<EditEffects, { kind: "told" }>;
  readonly target: CloudTargetName;
}

function Told({ effects, target }: ToldProps) {
  const { changes, otherResources, stages } = effects.changes;
  const worst = worstEffect(changes.map((each) => each.effects[target]));
  if (worst === undefined) {
    return (
      <p className={classes.words} role="status">
        {otherResources === 0
          ? "Nothing of the infrastructure changes: that is the value already."
          : `No cluster and no pool changes, ${plural(otherResources, "other resource")} do.`}
      </p>
    );
  }
  return (
    <>
      <section className={classes.verdict} aria-label="Effect">
        <Badge badge={effectBadges[worst]} />
        <p>{effectSentence(worst, target)}</p>
      </section>
      <Facts effects={effects} target={target} worst={worst} />
      {stages > 1 ? (
        <p className={classes.words}>
          It takes {stages} commits, each brought to Azure before the next: see <code>scantling render --stage</code>.
        </p>
      ) : null}
      <EffectTable effects={effects} target={target} />
      {otherResources === 0 ? null : (
        <p className={classes.words}>{plural(otherResources, "resource")} of other types change too.</p>
      )}
    </>
  );
}

/** Surge and node-hours of what is replaced through the target, and how sure that is. */
function Facts({ effects, target, worst }: ToldProps & { readonly worst: InfrastructureChange["effects"]["bicep"] }) {
  const { changes } = effects.changes;
  const replaced = changes.filter(
    ({ rolling, effects: on }) => rolling !== undefined && on[target] === (rolling.isAbrupt ? "rotate" : "rolling"),
  );
  const own = new Map(replaced.map(({ resource, rolling }) => [resource, rolling]));
  const recalled = changes.some(({ verified, effects: on }) => !verified && on[target] === worst);
  const rolls = changes.some(({ effects: on }) => on[target] === "rolling" || on[target] === "rollingAllPools");
  const pools = rolls ? effects.pools : [];
  const hours = pools.reduce((sum, { rolling }) => sum + rolling.surgeNodeHours, 0);
  return (
    <ul className={classes.facts}>
      {[...own].map(([resource, rolling]) =>
        rolling === undefined ? null : (
          <li key={resource}>
            <strong>{resource}</strong>: {rollingSentence(rolling)}
          </li>
        ),
      )}
      {pools.map(({ pool, rolling }) => (
        <li key={pool}>
          <strong>pool {pool}</strong>, which follows: {rollingSentence(rolling)}
        </li>
      ))}
      {pools.length < 2 ? null : <li>Over all pools that is about {hours.toFixed(1)} node-hours beyond the usual.</li>}
      {recalled ? (
        <li>The effect is recalled, not read in a source: look at the preview of the target first.</li>
      ) : null}
      {target === "pulumi" ? <li>What Pulumi itself would recreate, only its preview tells.</li> : null}
    </ul>
  );
}

function EffectTable({ effects, target }: ToldProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, which needs the keyboard.
    <section className={classes.scroll} aria-label="Effects by target" tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Change</th>
            {cloudTargetNames.map((name) => (
              <th scope="col" key={name} data-chosen={name === target}>
                {cloudLabels[name]}
              </th>
            ))}
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {effects.changes.changes.map((each) => (
            <tr key={`${each.resource} ${each.path}`}>
              <th scope="row">
                <span className={classes.place}>{each.resource}</span>
                <code>{fieldLabel(each.path)}</code>
              </th>
              <td className={classes.values}>
                <code>{each.before ?? "not set"}</code> → <code>{each.after ?? "not set"}</code>
              </td>
              {cloudTargetNames.map((name) => (
                <td key={name} data-chosen={name === target}>
                  <Badge badge={effectBadges[each.effects[name]]} />
                </td>
              ))}
              <td className={classes.why}>
                <Why effect={each} sources={effects.sources} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface WhyProps {
  readonly effect: InfrastructureChange;
  readonly sources: ToldProps["effects"]["sources"];
}

function Why({ effect, sources }: WhyProps) {
  const source = effect.source === undefined ? undefined : sources[effect.source];
  return (
    <>
      {effect.note === undefined ? "" : `${effect.note}. `}
      {source === undefined
        ? "The table of effects has no such field."
        : effect.verified
          ? `${source.title} (${source.date})`
          : "Recalled, not read in a source."}
    </>
  );
}
