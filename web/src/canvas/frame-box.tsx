import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { Badge } from "../symbols/badge.tsx";
import type { BoxNode } from "./flow-elements.ts";

/** A box that holds others: region, cluster, pool, or what lies outside. */
export const FrameBox = memo(function FrameBox({ data }: NodeProps<BoxNode>) {
  const { box, look, selected, faded } = data;
  return (
    <div
      className={`frame frame-${box.kind} tone-${look.tone}`}
      data-selected={selected}
      data-faded={faded}
      data-box={box.id}
    >
      <div className="frame-title">
        <span className="frame-label">{box.label}</span>
        <span className="frame-detail">{box.detail}</span>
        <span className="frame-badges">
          {look.badges.map((badge) => (
            <Badge key={badge.title} badge={badge} />
          ))}
        </span>
      </div>
    </div>
  );
});
