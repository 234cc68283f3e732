import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { plural } from "../graph/plural.ts";
import type { Badge } from "../lenses/look.ts";
import { Sign } from "../symbols/sign.tsx";
import type { BoxNode } from "./flow-elements.ts";

const sides = [
  ["top", Position.Top],
  ["right", Position.Right],
  ["bottom", Position.Bottom],
  ["left", Position.Left],
] as const;

/** A workload, a group of workloads, or something outside. */
export const LeafBox = memo(function LeafBox({ data }: NodeProps<BoxNode>) {
  const { box, look, selected, faded } = data;
  const pods = box.pods > 0 ? `${box.detail} · ${plural(box.pods, "pod")}` : box.detail;
  return (
    <div
      className={`leaf leaf-${box.kind} tone-${look.tone}`}
      data-selected={selected}
      data-faded={faded}
      data-box={box.id}
      title={[box.label, look.words, pods, ...look.badges.map((badge) => badge.title)]
        .filter((part) => part !== "")
        .join("\n")}
    >
      {sides.map(([name, position]) => (
        <span key={name} className="leaf-handles">
          <Handle id={`out-${name}`} type="source" position={position} isConnectable={false} />
          <Handle id={`in-${name}`} type="target" position={position} isConnectable={false} />
        </span>
      ))}
      <span className="leaf-top">
        <span className="leaf-label">{box.label}</span>
        {look.badges.map((badge) => (
          <LeafBadge key={badge.title} badge={badge} />
        ))}
      </span>
      <span className="leaf-bottom">
        {look.words === "" ? null : <span className="leaf-words">{look.words}</span>}
        <span className="leaf-detail">{pods}</span>
      </span>
    </div>
  );
});

/** On a small box the badge is its symbol, with a count where there is one; the tooltip and the list say the rest. */
function LeafBadge({ badge }: { readonly badge: Badge }) {
  return (
    <span className="leaf-badge" data-tone={badge.tone}>
      <Sign name={badge.symbol} />
      {/^\d+$/.test(badge.text) ? badge.text : <span className="visually-hidden">{badge.text}</span>}
    </span>
  );
}
