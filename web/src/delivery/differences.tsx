import { useEffect, useRef } from "react";
import { plural } from "../graph/plural.ts";
import type { Badge as BadgeContent } from "../lenses/look.ts";
import { Badge } from "../symbols/badge.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import type { BoardColumn, BoardRow } from "./delivery-request.ts";
import classes from "./delivery-view.module.css";
import type { FieldDifference, LeafDifferences, ObjectDifference } from "./leaf-differences.ts";
import { useDifferences } from "./use-delivery.ts";

interface DifferencesProps {
  readonly row: BoardRow;
  readonly column: BoardColumn;
}

/** A place of the board unfolded: its folder, and each field that differs with both values. */
export function Differences({ row, column }: DifferencesProps) {
  const { texts } = useWorkbench();
  const { environment, cluster } = column;
  const state = useDifferences(texts, { unit: row.unit, environment, cluster });
  const ready = state.kind === "ready";
  const section = useRef<HTMLElement>(null);
  // A link can lead to a row far down.
  useEffect(() => {
    if (ready) section.current?.scrollIntoView({ block: "nearest" });
  }, [ready]);
  const title = `${row.name} in ${environment} on ${cluster}`;
  return (
    <section ref={section} className={classes.differences} aria-label={title}>
      <h3 className={classes.subtitle}>{title}</h3>
      {state.kind === "loading" ? (
        <p role="status">Comparing</p>
      ) : state.kind === "failed" ? (
        <p role="alert">{state.problem.sentence}</p>
      ) : state.report === undefined ? (
        <p>Nothing lands there.</p>
      ) : (
        <Found differences={state.report} />
      )}
    </section>
  );
}

function Found({ differences }: { readonly differences: LeafDifferences }) {
  const { change } = useWorkbench();
  const { folder, from, objects, same } = differences;
  return (
    <>
      <p>
        <code>{folder}</code>{" "}
        <button
          type="button"
          className={classes.link}
          onClick={() => change({ deliver: "files", fileFilter: folder, file: undefined })}
        >
          its files
        </button>
      </p>
      <p>
        {from === undefined
          ? `It lands here first: ${plural(objects.length, "object")}.`
          : `Against ${from}: ${objects.length === 0 ? "nothing differs" : `${plural(objects.length, "object")} differ`}, ${same} the same.`}
      </p>
      <ul className={classes.objects}>
        {objects.map((each) => (
          <li key={each.object}>
            {from === undefined ? null : <Badge badge={kindBadges[each.kind]} />} {each.object}
            {each.fields.length === 0 ? null : <Fields difference={each} />}
          </li>
        ))}
      </ul>
    </>
  );
}

const kindBadges: { readonly [kind in ObjectDifference["kind"]]: BadgeContent } = {
  added: { symbol: "diamond", tone: "good", text: "added", title: "Not in the stage before" },
  removed: { symbol: "cross", tone: "bad", text: "gone", title: "Only in the stage before" },
  changed: { symbol: "circle", tone: "warn", text: "changed", title: "Fields differ" },
};

/** Side by side where there is room, else below one another. */
function Fields({ difference }: { readonly difference: ObjectDifference }) {
  const { narrow } = useWorkbench();
  if (narrow) {
    return (
      <ul className={classes.fieldList} aria-label={`Fields of ${difference.object}`}>
        {difference.fields.map(({ path, before, after }) => (
          <li key={path}>
            <code>{path}</code>: <Value value={before} /> → <Value value={after} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <table className={classes.fields} aria-label={`Fields of ${difference.object}`}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before</th>
          <th scope="col">Here</th>
        </tr>
      </thead>
      <tbody>
        {difference.fields.map((field) => (
          <tr key={field.path}>
            <th scope="row">
              <code>{field.path}</code>
            </th>
            <td>
              <Value value={field.before} />
            </td>
            <td>
              <Value value={field.after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ value }: { readonly value: FieldDifference["before"] }) {
  return value === undefined ? <span className={classes.soft}>not set</span> : <code>{value}</code>;
}
