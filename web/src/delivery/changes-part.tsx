import { Fragment } from "react";
import { type CloudTargetName, cloudTargetNames } from "../../../src/gitops/cloud/cloud-target-name.ts";
import type { RollingCost } from "../../../src/gitops/cloud/effects/rolling-cost.ts";
import type { InfrastructureChange } from "../../../src/operations/gitops/repository-report.ts";
import { plural } from "../graph/plural.ts";
import { Badge } from "../symbols/badge.tsx";
import { Choice } from "../symbols/choice.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import type { CloudEdit, EditablePart, EditEffects } from "./delivery-request.ts";
import classes from "./delivery-view.module.css";
import { cloudLabels, effectBadges, effectSentence, fieldLabel, worstEffect } from "./delivery-words.ts";
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
  const rows = [
    ...[...own].flatMap(([resource, rolling]) => (rolling === undefined ? [] : [{ resource, rolling }])),
    ...pools.map(({ pool, rolling }) => ({ resource: `pool ${pool}`, rolling })),
  ];
  return (
    <>
      {rows.length === 0 ? null : <ReplacedNodes rows={rows} />}
      <ul className={classes.facts}>
        {rows.some(({ rolling }) => rolling.isAbrupt) ? (
          <li>Nodes of the old pool go all at once, undrained.</li>
        ) : null}
        {recalled ? (
          <li>The effect is recalled, not read in a source: look at the preview of the target first.</li>
        ) : null}
        {target === "pulumi" ? <li>What Pulumi itself would recreate, only its preview tells.</li> : null}
      </ul>
    </>
  );
}

interface ReplacedNodesProps {
  readonly rows: readonly { readonly resource: string; readonly rolling: RollingCost }[];
}

/** Nodes that go, those that quota and subnet have to hold beside them, and what both take. */
function ReplacedNodes({ rows }: ReplacedNodesProps) {
  const surgeNodeHours = rows.reduce((sum, { rolling }) => sum + rolling.surgeNodeHours, 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, which needs the keyboard.
    <section className={classes.scroll} aria-label="Replaced nodes" tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Nodes replaced in</th>
            <th scope="col" className={classes.number}>
              Nodes, at most
            </th>
            <th scope="col" className={classes.number} title="Nodes beyond those, which quota and subnet have to hold">
              Surge
            </th>
            <th scope="col" className={classes.number}>
              Hours
            </th>
            <th scope="col" className={classes.number} title="Hours of the nodes beyond the usual">
              Node-hours more
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ resource, rolling }) => (
            <tr key={resource}>
              <th scope="row">{resource}</th>
              <td className={classes.number}>{rolling.nodes}</td>
              <td className={classes.number}>{rolling.surgeNodes}</td>
              <td className={classes.number}>{rolling.hours.toFixed(1)}</td>
              <td className={classes.number}>{rolling.surgeNodeHours.toFixed(1)}</td>
            </tr>
          ))}
          {rows.length < 2 ? null : (
            <tr>
              <th scope="row">Over all of them</th>
              <td />
              <td />
              <td />
              <td className={classes.number}>{surgeNodeHours.toFixed(1)}</td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
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
          </tr>
        </thead>
        <tbody>
          {effects.changes.changes.map((each) => (
            <Fragment key={`${each.resource} ${each.path}`}>
              <tr className={classes.explained}>
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
              </tr>
              <tr>
                <td className={classes.why} colSpan={cloudTargetNames.length + 2}>
                  <Why effect={each} sources={effects.sources} />
                </td>
              </tr>
            </Fragment>
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
    <p>
      {effect.note === undefined ? "" : `${capital(effect.note)}. `}
      {source === undefined
        ? "The table of effects has no such field."
        : effect.verified
          ? `${source.title} (${source.date})`
          : "Recalled, not read in a source."}
    </p>
  );
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1).replace(/\.$/, "")}`;
}
