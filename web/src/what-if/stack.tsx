import type { WhatIfNotes } from "../../../src/operations/what-if/what-if.ts";
import { describeChange, keyOfChange, withoutChange } from "../../../src/operations/what-if/what-if-change.ts";
import { Icon } from "../symbols/icon.tsx";
import { StripColumn } from "./strip-column.tsx";
import { useStack } from "./use-what-if.ts";
import classes from "./what-if-strip.module.css";

/** The changes that are tried together, each of which can be taken back. */
export function Stack({ refused }: { readonly refused: WhatIfNotes["refused"] }) {
  const { changes, set } = useStack();
  return (
    <StripColumn title="Tried together">
      {changes.length === 0 ? (
        <p className={classes.soft}>Nothing yet. Changes add up here, and the address holds them: it is a link.</p>
      ) : (
        <ul className={classes.stack} aria-label="Changes that are tried">
          {changes.map((change) => {
            const key = keyOfChange(change);
            const words = describeChange(change);
            const reason = refused.find((each) => each.key === key)?.reason;
            return (
              <li key={key} data-refused={reason !== undefined}>
                <span>
                  {words}
                  {reason === undefined ? null : <span className={classes.alert}> cannot be made: {reason}</span>}
                </span>
                <button
                  type="button"
                  className={classes.back}
                  aria-label={`Take back: ${words}`}
                  title="Take back"
                  onClick={() => set(withoutChange(changes, key))}
                >
                  <Icon name="close" />
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </StripColumn>
  );
}
