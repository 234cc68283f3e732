import classes from "./details.module.css";

/** A share from 0 to 1 as a bar with its number. */
export function Meter({ label, share }: { readonly label: string; readonly share: number }) {
  const percent = Math.round(share * 100);
  return (
    <div className={classes.meterRow}>
      <span>{label}</span>
      <span className={classes.meter} aria-hidden="true">
        <span style={{ width: `${Math.min(100, percent)}%` }} />
      </span>
      <span>{percent}%</span>
    </div>
  );
}
