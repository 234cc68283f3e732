import { useWorkbench } from "../workbench/workbench.ts";
import type { EditableField, EditablePart } from "./delivery-request.ts";
import classes from "./delivery-view.module.css";

interface EditControlsProps {
  readonly parts: readonly EditablePart[];
  readonly part: EditablePart;
  readonly field: EditableField;
  readonly value: string;
}

/** Which field of which cluster or pool becomes what. */
export function EditControls({ parts, part, field, value }: EditControlsProps) {
  const { change } = useWorkbench();
  return (
    <div className={classes.controls}>
      <span className={classes.field}>
        <label htmlFor="edit-part">Of</label>
        <select
          id="edit-part"
          className={classes.select}
          value={part.key}
          onChange={({ currentTarget: { value: edit } }) => change({ edit, editField: undefined, editTo: undefined })}
        >
          {parts.map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
      </span>
      <span className={classes.field}>
        <label htmlFor="edit-field">Field</label>
        <select
          id="edit-field"
          className={classes.select}
          value={field.field}
          onChange={({ currentTarget: { value: editField } }) =>
            change({ edit: part.key, editField, editTo: undefined })
          }
        >
          {part.fields.map(({ field: name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </span>
      <span className={classes.label}>
        from <code>{field.current}</code>
      </span>
      <span className={classes.field}>
        <label htmlFor="edit-to">to</label>
        <input
          id="edit-to"
          className={classes.input}
          value={value}
          list="edit-options"
          autoComplete="off"
          spellCheck={false}
          onChange={({ currentTarget: { value: editTo } }) =>
            change({ edit: part.key, editField: field.field, editTo }, "replace")
          }
        />
        <datalist id="edit-options">
          {field.options.map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      </span>
    </div>
  );
}
