import { agentNames } from "../../../src/gitops/agent.ts";
import { packagingNames } from "../../../src/gitops/packaging.ts";
import { plural } from "../graph/plural.ts";
import { Choice } from "../symbols/choice.tsx";
import { cloudChoices } from "../view-state/view-state.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import type { PreviewedFile, RepositoryPreview } from "./delivery-request.ts";
import classes from "./delivery-view.module.css";
import { agentLabels, cloudLabels, packagingLabels, sizeText } from "./delivery-words.ts";
import { FileList } from "./file-list.tsx";
import { FileText } from "./file-text.tsx";
import { filterPaths } from "./file-tree.ts";
import { Notes } from "./notes.tsx";
import { formInAddress, useBoard, useRepository } from "./use-delivery.ts";
import { zipArchive } from "./zip-archive.ts";

/** The repository as `scantling render` would write it into an empty folder. */
export function FilesPart() {
  const { texts, view, change } = useWorkbench();
  const { state, start, stop } = useRepository(texts, formInAddress(view));
  const board = useBoard(texts);
  const declared = board.kind === "ready" ? board.report.form : undefined;
  return (
    <>
      <div className={classes.controls}>
        <Choice
          label="Packaging"
          value={view.packaging ?? declared?.packaging ?? "kustomize"}
          options={packagingNames.map((value) => ({ value, label: packagingLabels[value] }))}
          onChange={(packaging) => change({ packaging })}
        />
        <Choice
          label="Agent"
          value={view.agent ?? declared?.agent ?? "flux"}
          options={agentNames.map((value) => ({ value, label: agentLabels[value] }))}
          onChange={(agent) => change({ agent })}
        />
        <span className={classes.field}>
          <label htmlFor="files-cloud">Cloud side</label>
          <select
            id="files-cloud"
            className={classes.select}
            value={view.cloud ?? declared?.cloud ?? "none"}
            onChange={({ currentTarget: { value } }) => change({ cloud: cloudChoices.find((name) => name === value) })}
          >
            {cloudChoices.map((name) => (
              <option key={name} value={name}>
                {cloudLabels[name]}
              </option>
            ))}
          </select>
        </span>
      </div>
      {state.kind === "done" ? (
        <Preview preview={state.answer} />
      ) : (
        <div className={classes.words}>
          {state.kind === "failed" ? (
            <p role="alert">
              <code>{state.problem.code}</code> {state.problem.sentence} {state.problem.hint}
            </p>
          ) : null}
          {state.kind === "running" ? <p role="status">{state.message}</p> : null}
          {state.kind === "running" ? (
            <button type="button" className={classes.action} onClick={stop}>
              Stop
            </button>
          ) : (
            <button type="button" className={classes.action} onClick={start} disabled={texts === undefined}>
              {texts === undefined ? "Waiting for the texts of the estate" : "Write the repository"}
            </button>
          )}
        </div>
      )}
    </>
  );
}

function Preview({ preview }: { readonly preview: RepositoryPreview }) {
  const { view, assessment } = useWorkbench();
  const { files, report, refused } = preview;
  const shown = files.find(({ path }) => path === view.file) ?? firstShown(files, view.fileFilter);
  const size = files.reduce((sum, { text }) => sum + text.length, 0);
  const leaves = report.clusters.reduce((sum, each) => sum + each.leaves, 0);
  const { writtenFields, leafFields, saved } = report.repetition;
  return (
    <>
      <div className={classes.summary}>
        <p>
          {plural(files.length, "file")}, {sizeText(size)}; {plural(leaves, "leaf", "leaves")}.{" "}
          {writtenFields.toLocaleString("en-US")} fields are written where {leafFields.toLocaleString("en-US")} would be
          with every leaf written out: {Math.round(saved * 100)} % is not repeated.
        </p>
        <button
          type="button"
          className={classes.action}
          onClick={() => download(zipArchive(files), `${assessment.estate.name}-repository.zip`)}
        >
          Download as zip
        </button>
      </div>
      {refused ? (
        <p className={classes.words} role="alert">
          An error stands, so <code>scantling render</code> would write none of it.
        </p>
      ) : null}
      <Notes title="notes on the files" diagnostics={report.diagnostics} />
      <div className={classes.files}>
        <FileList files={files} shown={shown?.path} />
        {shown === undefined ? (
          <p className={classes.words}>No file has these words in its path.</p>
        ) : (
          <FileText key={shown.path} file={shown} />
        )}
      </div>
    </>
  );
}

/** Of what the filter leaves, the README where it is among them, else the first. */
function firstShown(files: readonly PreviewedFile[], words: string): PreviewedFile | undefined {
  const kept = new Set(
    filterPaths(
      files.map(({ path }) => path),
      words,
    ),
  );
  const left = files.filter(({ path }) => kept.has(path));
  return left.find(({ path }) => path === "README.md") ?? left[0];
}

function download(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: "application/zip" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
