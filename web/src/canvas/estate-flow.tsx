import "@xyflow/react/dist/base.css";
import { type NodeTypes, Panel, ReactFlow, ReactFlowProvider } from "@xyflow/react";
import { useMemo, useRef } from "react";
import { useWorkbench } from "../workbench/workbench.ts";
import { arrowEdges, boxNodes } from "./flow-elements.ts";
import { FrameBox } from "./frame-box.tsx";
import "./flow.css";
import { LeafBox } from "./leaf-box.tsx";
import { useCanvasKeys } from "./use-canvas-keys.ts";
import { useFollowSelection } from "./use-follow-selection.ts";
import type { Layout } from "./use-layout.ts";
import { useShownBoxes } from "./use-shown-boxes.ts";
import { useZoomLevel } from "./use-zoom-level.ts";
import { ZoomButtons } from "./zoom-buttons.tsx";

const nodeTypes: NodeTypes = { frame: FrameBox, leaf: LeafBox };
/** The map's library is named where the shortcuts are, not over the map. */
const proOptions = { hideAttribution: true };
const fitViewOptions = { padding: 0.03, minZoom: 0.2, maxZoom: 1.1 };

/** The boxes drawn, with panning and zooming. */
export function EstateFlow({ layout }: { readonly layout: Layout }) {
  return (
    <ReactFlowProvider>
      <Flow layout={layout} />
    </ReactFlowProvider>
  );
}

function Flow({ layout }: { readonly layout: Layout }) {
  const { change } = useWorkbench();
  const { dataOf, arrows } = useShownBoxes();
  const clicked = useRef<string | undefined>(undefined);
  const nodes = useMemo(() => boxNodes(layout.boxes, layout.placed, dataOf), [layout, dataOf]);
  const edges = useMemo(() => arrowEdges(arrows, layout.boxes, layout.placed), [arrows, layout]);
  const zoom = useZoomLevel();
  const onKeyDown = useCanvasKeys(layout, clicked);
  useFollowSelection(layout, clicked);
  const select = (selection: string | undefined) => {
    clicked.current = selection;
    change({ selection, why: undefined });
  };
  return (
    // The flow's own element is the one that takes keys: arrows move the selection, Enter unfolds it.
    <ReactFlow
      className="estate-flow"
      data-zoom={zoom}
      aria-label="Map of the estate. Arrow keys move between boxes, Enter explains. The list view has the same content."
      tabIndex={0}
      onKeyDown={onKeyDown}
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      disableKeyboardA11y
      deleteKeyCode={null}
      selectionKeyCode={null}
      onlyRenderVisibleElements={nodes.length > 400}
      minZoom={0.1}
      maxZoom={2}
      proOptions={proOptions}
      fitView
      fitViewOptions={fitViewOptions}
      onNodeClick={(_, node) => select(node.data.box.selection)}
      onPaneClick={() => select(undefined)}
    >
      <Panel position="bottom-right">
        <ZoomButtons />
      </Panel>
    </ReactFlow>
  );
}
