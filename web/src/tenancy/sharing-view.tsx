import { useMemo } from "react";
import { tenancyLayers } from "../../../src/estate/model/tenancy-layer.ts";
import type { TenancyReport } from "../../../src/operations/tenancy/tenancy.ts";
import { layerWords } from "../../../src/tenancy/sharing/layer-words.ts";
import type { SharedLayer } from "../../../src/tenancy/structure-report.ts";
import { plural } from "../graph/plural.ts";
import { Badge } from "../symbols/badge.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import { HeatCell, type HeatLook } from "./heat-cell.tsx";
import { type PairCell, pairMatrix } from "./pair-matrix.ts";
import { gapTone, layersToRead, linkName, type PairState } from "./pair-state.ts";
import classes from "./tenancy-view.module.css";

/** Every two tenants against each other, and each against the platform; the chosen pair layer by layer. */
export function SharingView({ report }: { readonly report: TenancyReport }) {
  const { view, change, narrow } = useWorkbench();
  const matrix = useMemo(() => pairMatrix(report.pairs, report.platform), [report]);
  if (matrix.cells.length === 0) return <p className={classes.empty}>There is one tenant: nobody to share with.</p>;
  const columns = report.platform.length === 0 ? matrix.tenants : [...matrix.tenants, "platform"];
  const chosen = matrix.cells.find(({ key }) => key === view.pair) ?? matrix.cells[0];
  const unmet = matrix.cells.filter(({ state }) => state.kind === "unmet").length;
  return (
    <>
      <p className={classes.lead}>
        {unmet === 0
          ? "No pair shares what one of them does not accept."
          : `${unmet} of ${plural(matrix.cells.length, "pair")} share what one of them does not accept.`}
        {matrix.left === 0
          ? ""
          : ` The ${matrix.tenants.length} tenants with the worst pairs; ${matrix.left} more are left out.`}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the matrix scrolls, which needs the keyboard. */}
      <section className={classes.matrixBox} aria-label="Sharing matrix" tabIndex={0}>
        <table className={classes.matrix}>
          <caption className="visually-hidden">Worst gap of each two tenants</caption>
          <thead>
            <tr>
              <td />
              {columns.map((name) => (
                <th key={name} scope="col">
                  <span>{name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {matrix.tenants.map((row) => (
              <tr key={row}>
                <th scope="row">{row}</th>
                {columns.map((column) => {
                  const cell = matrix.cellAt(row, column);
                  if (cell === undefined || row === column) return <td key={column} className={classes.none} />;
                  return (
                    <HeatCell
                      key={column}
                      look={lookOf(cell, narrow)}
                      label={`${row} and ${column}: ${stateInWords(cell.state)}`}
                      chosen={cell === chosen}
                      onClick={() => change({ pair: cell.key })}
                    />
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <MatrixKey />
      {chosen === undefined ? null : <PairDetail cell={chosen} />}
    </>
  );
}

function lookOf({ state }: PairCell, narrow: boolean): HeatLook {
  const tone = gapTone(state);
  switch (state.kind) {
    case "met":
      return { tone, symbol: "check", words: narrow ? "" : "accepted", more: "" };
    case "notEvaluable":
      return { tone, symbol: "question", words: narrow ? "" : "open", more: String(state.layers) };
    case "unmet":
      return {
        tone,
        symbol: "cross",
        words: narrow || state.weakest === undefined ? "" : linkName(state.weakest.layer),
        more: narrow ? String(state.layers) : state.layers > 1 ? `+${state.layers - 1}` : "",
      };
  }
}

function stateInWords({ kind, weakest, layers }: PairState): string {
  if (kind === "met") return "accepted";
  if (kind === "notEvaluable") return `${plural(layers, "layer")} cannot be told`;
  return `${plural(layers, "layer")} short, worst ${weakest === undefined ? "" : layerWords(weakest.layer).one}`;
}

function MatrixKey() {
  const rows = [
    ["gap-2", "shared, wanted separate"],
    ["gap-1", "short by a step (bounded)"],
    ["gap-unknown", "cannot be told"],
    ["gap-0", "accepted"],
  ] as const;
  return (
    <ul className={classes.key} aria-label="Colours of the matrix">
      {rows.map(([tone, words]) => (
        <li key={tone}>
          <span className={`${classes.swatch} tone-${tone}`} />
          {words}
        </li>
      ))}
    </ul>
  );
}

/** One pair: the weakest link, what would lift it, and every layer. */
function PairDetail({ cell: { pair } }: { readonly cell: PairCell }) {
  const { change } = useWorkbench();
  const [one, other] = pair.tenants;
  return (
    <section className={classes.detail} aria-label={`${one} and ${other}`}>
      <h3 className={classes.title}>
        {[one, other].map((name, index) => (
          <span key={name}>
            {index === 0 ? "" : " and "}
            <button
              type="button"
              className={classes.link}
              onClick={() => change({ selection: `tenant/${name}`, why: undefined })}
            >
              {name}
            </button>
          </span>
        ))}
      </h3>
      <p className={classes.verdict}>{pair.verdict}</p>
      {pair.lifts.length === 0 ? null : (
        <>
          <h4 className={classes.subtitle}>What would lift it</h4>
          <ul className={classes.lifts}>
            {pair.lifts.map((lift) => (
              <li key={lift}>{lift.slice(0, 1).toUpperCase() + lift.slice(1)}</li>
            ))}
          </ul>
        </>
      )}
      <h4 className={classes.subtitle}>Layer by layer</h4>
      <ul className={classes.layers}>
        {layersToRead(pair.layers).map((layer) => (
          <Layer key={layer.layer} layer={layer} isWeakest={layer.layer === pair.weakest?.layer} />
        ))}
      </ul>
    </section>
  );
}

function Layer({ layer, isWeakest }: { readonly layer: SharedLayer; readonly isWeakest: boolean }) {
  const { sharing, because, accepted, met, lift } = layer;
  return (
    <li className={classes.layer} data-met={String(met)}>
      <div className={classes.layerName}>
        <span title={tenancyLayers[layer.layer]}>{layerWords(layer.layer).one.replace(/^(the|a) /, "")}</span>
        {isWeakest ? <span className={classes.weakest}>weakest link</span> : null}
      </div>
      <div className={classes.state}>
        <Badge badge={badgeOf(layer)} />
        <span className={classes.accepted}>
          {accepted === undefined ? "nobody says what is accepted" : `at most ${accepted} accepted`}
        </span>
      </div>
      <div className={classes.because}>
        {because.slice(0, 1).toUpperCase() + because.slice(1)}.
        {met === false && lift !== undefined ? <span className={classes.lift}>Lifted by {lift}.</span> : null}
        {met === "notEvaluable" && sharing === "unknown" ? (
          <span className={classes.lift}>Not evaluable: it cannot be told.</span>
        ) : null}
      </div>
    </li>
  );
}

function badgeOf({ sharing, met }: SharedLayer): Parameters<typeof Badge>[0]["badge"] {
  const text = sharing;
  if (met === false) return { symbol: "cross", text, tone: "bad", title: `${sharing}, which is more than accepted` };
  if (met === "notEvaluable") return { symbol: "question", text, tone: "plain", title: `${sharing}; not evaluable` };
  return { symbol: "check", text, tone: "good", title: `${sharing}, as accepted` };
}
