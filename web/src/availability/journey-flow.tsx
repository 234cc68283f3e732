import "@xyflow/react/dist/base.css";
import {
  type Edge,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  type NodeTypes,
  Position,
  ReactFlow,
  ReactFlowProvider,
} from "@xyflow/react";
import { useEffect, useMemo, useState } from "react";
import type { CutSet } from "../../../src/availability/availability-report.ts";
import { Sign } from "../symbols/sign.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import classes from "./availability-view.module.css";
import { flowHeight, type LayeredPlaces, layeredPlaces, nodeSize } from "./flow-layout.ts";
import type { GraphEdge, GraphNode, JourneyGraph } from "./journey-graph.ts";

type FlowNode = Node<{ readonly node: GraphNode; readonly onMark: (cut: CutSet | undefined) => void }>;

const nodeTypes: NodeTypes = { part: PartBox };
const proOptions = { hideAttribution: true };
const fitViewOptions = { padding: 0.02, maxZoom: 1 };

interface JourneyFlowProps {
  readonly graph: JourneyGraph;
  readonly name: string;
  readonly onMark: (cut: CutSet | undefined) => void;
}

/** What the journey leans on, from the way in on the left to the ground that it stands on. */
export function JourneyFlow({ graph, name, onMark }: JourneyFlowProps) {
  const { narrow } = useWorkbench();
  const shape = JSON.stringify([graph.nodes.map(({ id }) => id), graph.edges]);
  const [laid, setLaid] = useState<{ readonly shape: string; readonly places: LayeredPlaces }>();
  useEffect(() => {
    let stale = false;
    void layeredPlaces(graph).then((places) => {
      if (!stale) setLaid({ shape, places });
    });
    return () => {
      stale = true;
    };
  }, [shape]);
  const alone = graph.nodes.filter((node) => node.alone.length > 0).map(({ label }) => label);
  const words = `${name} leans on ${graph.nodes.length - 1} things. Alone take it down: ${alone.join(", ") || "none"}. The lists below say the same.`;
  return (
    <figure className={classes.graphFigure} aria-label={words}>
      <div className={classes.graph} style={{ height: flowHeight(laid?.places, narrow ? 340 : 790) }}>
        {laid?.shape === shape ? (
          <ReactFlowProvider>
            <Drawn key={shape} graph={graph} places={laid.places} onMark={onMark} />
          </ReactFlowProvider>
        ) : null}
      </div>
      <figcaption className={classes.key}>
        <span data-look="alone">
          <Sign name="alert" /> takes it down alone
        </span>
        <span data-look="marked">marked below</span>
        <span data-look="hard">needs</span>
        <span data-look="soft">can do without for a while</span>
        <span data-look="place">below: what they run on</span>
      </figcaption>
    </figure>
  );
}

interface DrawnProps {
  readonly graph: JourneyGraph;
  readonly places: LayeredPlaces;
  readonly onMark: (cut: CutSet | undefined) => void;
}

function Drawn({ graph, places, onMark }: DrawnProps) {
  const nodes = useMemo(
    () =>
      graph.nodes.map(
        (node): FlowNode => ({
          id: node.id,
          type: "part",
          position: places.get(node.id) ?? { x: 0, y: 0 },
          data: { node, onMark },
          ...nodeSize,
        }),
      ),
    [graph, places, onMark],
  );
  const edges = useMemo(() => {
    const marked = new Set(graph.nodes.filter((node) => node.marked).map(({ id }) => id));
    return (
      graph.edges
        // Every workload runs on some pool: lines from all of them would hide the others.
        .filter(({ type, from }) => type !== "place" || !from.startsWith("workload/"))
        .map((edge) => flowEdge(edge, marked))
    );
  }, [graph]);
  return (
    <ReactFlow
      className="journey-flow"
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
      zoomOnScroll={false}
      preventScrolling={false}
      minZoom={0.2}
      maxZoom={1.6}
      proOptions={proOptions}
      fitView
      fitViewOptions={fitViewOptions}
    />
  );
}

function flowEdge({ from, to, type }: GraphEdge, marked: ReadonlySet<string>): Edge {
  const isMarked = type !== "place" && marked.has(to);
  const colour = isMarked ? "var(--bad)" : type === "place" ? "var(--line)" : "var(--line-strong)";
  const dash = type === "hard" || type === "place" ? {} : { strokeDasharray: "5 4" };
  return {
    id: `${from} ${to}`,
    // What things run on is drawn from the region outward.
    source: type === "place" ? to : from,
    target: type === "place" ? from : to,
    style: { stroke: colour, strokeWidth: isMarked ? 2 : 1.2, ...dash },
    ...(type === "place" ? {} : { markerEnd: { type: MarkerType.ArrowClosed, color: colour, width: 12, height: 12 } }),
    ...(isMarked ? { zIndex: 1 } : {}),
  };
}

function PartBox({ data: { node, onMark } }: NodeProps<FlowNode>) {
  const [first] = node.alone;
  const look = {
    className: classes.part,
    "data-kind": node.kind,
    "data-alone": first !== undefined,
    "data-marked": node.marked,
  };
  return (
    <>
      <Handle type="target" position={Position.Left} />
      {first === undefined ? (
        <div {...look} title={node.label}>
          <PartText node={node} />
        </div>
      ) : (
        <button type="button" {...look} title={first.words} onClick={() => onMark(node.marked ? undefined : first)}>
          <PartText node={node} />
        </button>
      )}
      <Handle type="source" position={Position.Right} />
    </>
  );
}

function PartText({ node: { label, note, alone } }: { readonly node: GraphNode }) {
  return (
    <>
      <span className={classes.partLabel}>
        {alone.length > 0 ? <Sign name="alert" /> : null}
        <span>{label}</span>
      </span>
      <span className={classes.partNote}>{note}</span>
      {alone.length > 0 ? <span className={classes.hidden}>takes it down alone</span> : null}
    </>
  );
}
