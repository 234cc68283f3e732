import type { Origin } from "../assessing/use-assessment.ts";
import { Icon } from "../symbols/icon.tsx";
import { FilterField } from "./filter-field.tsx";
import classes from "./header.module.css";
import { OriginNote } from "./origin-note.tsx";
import { useWorkbench } from "./workbench.ts";

interface HeaderProps {
  readonly origin: Origin;
  readonly scheme: "light" | "dark";
  readonly onOpen: () => void;
  readonly onReload: () => void;
  readonly onShortcuts: () => void;
  readonly onTree: () => void;
}

/** Name of the estate, filter, and what concerns the whole page. */
export function Header({ origin, scheme, onOpen, onReload, onShortcuts, onTree }: HeaderProps) {
  const { assessment, change, narrow } = useWorkbench();
  const other = scheme === "dark" ? "light" : "dark";
  return (
    <header className={classes.header}>
      {narrow ? (
        <button type="button" className={classes.icon} aria-label="Show the estate tree" onClick={onTree}>
          <Icon name="tree" />
        </button>
      ) : null}
      <Mark />
      <div className={classes.names}>
        <h1 className={classes.estate}>{assessment.estate.name}</h1>
        <OriginNote origin={origin} onReload={onReload} />
      </div>
      <div className={classes.filter}>
        <FilterField />
      </div>
      <div className={classes.actions}>
        {origin.kind === "server" ? (
          <button
            type="button"
            className={classes.icon}
            aria-label="Read the files again"
            title="Read the files again"
            onClick={onReload}
          >
            <Icon name="reload" />
          </button>
        ) : null}
        <button
          type="button"
          className={classes.open}
          onClick={onOpen}
          title="Assess other manifests in this browser (o)"
        >
          <Icon name="open" /> Open
        </button>
        <button
          type="button"
          className={classes.icon}
          aria-label={`Switch to ${other}`}
          title={`Switch to ${other} (t)`}
          onClick={() => change({ theme: other }, "replace")}
        >
          <Icon name={scheme === "dark" ? "sun" : "moon"} />
        </button>
        <button
          type="button"
          className={classes.icon}
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
          onClick={onShortcuts}
        >
          <Icon name="keyboard" />
        </button>
      </div>
    </header>
  );
}

/** The sign of the product: a hull with three frames. */
function Mark() {
  return (
    <svg className={classes.mark} viewBox="0 0 32 32" role="img" aria-label="Scantling">
      <path d="M4 8c3.5 10 8 14.5 12 16 4-1.5 8.5-6 12-16" />
      <path d="M16 6v18M10 8v11M22 8v11" data-part="frames" />
    </svg>
  );
}
