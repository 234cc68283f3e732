import type { CSSProperties } from "react";
import { useWorkbench } from "../../workbench/workbench.ts";
import { type AllocationLine, lookInside, treemapLines } from "./allocation-rows.ts";
import classes from "./allocation-view.module.css";
import { type TreemapTile, treemap } from "./treemap.ts";

interface AllocationTreemapProps {
  readonly lines: readonly AllocationLine[];
  readonly by: string;
  readonly money: (amount: number) => string;
}

/** Width over height of the drawing. */
const aspect = { wide: 2.9, narrow: 0.95 } as const;
const mostTiles = { wide: 40, narrow: 16 } as const;

/** The bill as tiles as large as the amounts; a click looks inside. */
export function AllocationTreemap({ lines, by, money }: AllocationTreemapProps) {
  const { narrow } = useWorkbench();
  const size = narrow ? "narrow" : "wide";
  const { shown, others, rest } = treemapLines(lines, mostTiles[size]);
  const width = aspect[size];
  const tiles = treemap([...shown.map(({ total }) => total), ...(others > 0 ? [rest] : [])], width, 1);
  const more = others > 0 ? tiles.at(-1) : undefined;
  return (
    <section className={classes.treemap} aria-label={`The bill by ${by}, as tiles`} data-size={size}>
      {shown.map((line, index) => (
        <Tile key={line.key} line={line} by={by} money={money} style={styleOf(tiles[index], width)} />
      ))}
      {more === undefined ? null : (
        <div
          className={`${classes.tile} tone-none`}
          style={styleOf(more, width)}
          title={`${others} more: ${money(rest)}`}
        >
          <span className={classes.tileName}>{others} more</span>
          <span className={classes.tileAmount}>{money(rest)}</span>
        </div>
      )}
    </section>
  );
}

interface TileProps extends Omit<AllocationTreemapProps, "lines"> {
  readonly line: AllocationLine;
  readonly style: CSSProperties;
}

function Tile({ line, by, money, style }: TileProps) {
  const { view, change } = useWorkbench();
  const inside = lookInside(line, by, view.billWithin);
  const words = `${line.label}: ${money(line.total)}, ${percent(line.share)} of the bill`;
  const content = (
    <>
      <span className={classes.tileName}>{line.label}</span>
      <span className={classes.tileAmount}>
        {money(line.total)} <span className={classes.tileShare}>{percent(line.share)}</span>
      </span>
    </>
  );
  const className = `${classes.tile} tone-${line.tone}`;
  if (inside === undefined) {
    return (
      <div className={className} style={style} title={words} data-shared={line.isShared}>
        {content}
      </div>
    );
  }
  return (
    <button
      type="button"
      className={className}
      style={style}
      title={`${words}. Look inside`}
      aria-label={`${words}. Look inside`}
      onClick={() => change({ ...inside, why: undefined })}
    >
      {content}
    </button>
  );
}

function styleOf(tile: TreemapTile | undefined, width: number): CSSProperties {
  if (tile === undefined) return { display: "none" };
  return {
    left: `${(100 * tile.x) / width}%`,
    top: `${100 * tile.y}%`,
    width: `${(100 * tile.width) / width}%`,
    height: `${100 * tile.height}%`,
  };
}

export function percent(share: number): string {
  return share > 0 && share < 0.001 ? "<0.1%" : `${(100 * share).toFixed(1)}%`;
}
