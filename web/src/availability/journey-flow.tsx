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
      <div className={classes.graph} style={{ height: flowHeight(laid?.places) }}>
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
        <span data-look="place">runs on</span>
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
    return graph.edges.map((edge) => flowEdge(edge, marked));
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
    source: from,
    target: to,
    style: { stroke: colour, strokeWidth: isMarked ? 2 : 1.2, ...dash },
    ...(type === "place" ? {} : { markerEnd: { type: MarkerType.ArrowClosed, color: colour, width: 12, height: 12 } }),
    ...(isMarked ? { zIndex: 1 } : {}),
  };
}

function PartBox({ data: { node, onMark } }: NodeProps<FlowNode>) {
  const [first] = node.alone;
  const count = node.alone.length;
  const state = count === 0 ? "" : `, takes it down alone${count > 1 ? ` in ${count} ways` : ""}`;
  return (
    <>
      <Handle type="target" position={Position.Left} />
      <button
        type="button"
        className={classes.part}
        data-kind={node.kind}
        data-alone={count > 0}
        data-marked={node.marked}
        disabled={first === undefined}
        title={first?.words ?? node.label}
        aria-label={`${node.label}, ${node.note}${state}`}
        onClick={() => onMark(node.marked ? undefined : first)}
      >
        <span className={classes.partLabel}>
          {count > 0 ? <Sign name="alert" /> : null}
          <span>{node.label}</span>
        </span>
        <span className={classes.partNote}>{node.note}</span>
      </button>
      <Handle type="source" position={Position.Right} />
    </>
  );
}
