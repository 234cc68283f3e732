import type { SymbolName } from "../lenses/look.ts";
import { Sign } from "../symbols/sign.tsx";
import classes from "./tenancy-view.module.css";

/** How a cell of a matrix looks. */
export interface HeatLook {
  readonly tone: string;
  readonly symbol: SymbolName;
  /** Empty where there is no room. */
  readonly words: string;
  /** A count beside them. */
  readonly more: string;
}

interface HeatCellProps {
  readonly look: HeatLook;
  /** The whole sentence. */
  readonly label: string;
  readonly chosen: boolean;
  readonly onClick: () => void;
}

/** A cell of a matrix: colour, symbol and words; a click shows what stands behind it. */
export function HeatCell({ look, label, chosen, onClick }: HeatCellProps) {
  return (
    <td className={classes.cell}>
      <button
        type="button"
        className={`${classes.heat} tone-${look.tone}`}
        aria-pressed={chosen}
        title={label}
        onClick={onClick}
      >
        <span className="visually-hidden">{label}</span>
        <Sign name={look.symbol} />
        <span className={classes.face} aria-hidden="true">
          {look.words === "" ? null : <span>{look.words}</span>}
          {look.more === "" ? null : <span className={classes.more}>{look.more}</span>}
        </span>
      </button>
    </td>
  );
}
