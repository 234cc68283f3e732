import classes from "./states.module.css";

/** The page's shape while it is filled, with what it waits for. */
export function LoadingState({ what }: { readonly what: string }) {
  return (
    <main className={classes.skeleton} aria-busy="true">
      <p className={classes.waiting} role="status">
        {what}
      </p>
      <div className={classes.blocks} aria-hidden="true">
        <span />
        <span />
        <span />
      </div>
      <div className={classes.stage} aria-hidden="true" />
    </main>
  );
}
