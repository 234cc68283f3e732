import { Dialog } from "../dialogs/dialog.tsx";
import type { Shortcut } from "./shortcuts.ts";
import classes from "./shortcuts-dialog.module.css";

interface ShortcutsDialogProps {
  readonly shortcuts: readonly Shortcut[];
  readonly open: boolean;
  readonly onClose: () => void;
}

const elsewhere = [
  { keys: "↑ ↓ ← →", hint: "Move in the tree or on the map" },
  { keys: "Enter", hint: "Select in the tree; unfold why on the map" },
];

/** Every shortcut of the page. */
export function ShortcutsDialog({ shortcuts, open, onClose }: ShortcutsDialogProps) {
  const rows = [...shortcuts.map((shortcut) => ({ keys: shortcut.keys.join(" "), hint: shortcut.hint })), ...elsewhere];
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard">
      <dl className={classes.rows}>
        {rows.map((row) => (
          <div key={row.keys} className={classes.row}>
            <dt>
              {row.keys.split(" ").map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{row.hint}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.credits}>
        The map is drawn with React Flow and laid out by ELK. Type: Inter and JetBrains Mono.
      </p>
    </Dialog>
  );
}
