import type { ReactNode } from "react";
import { type Block, type Inline, readMarkdown } from "./read-markdown.ts";
import classes from "./rule-page.module.css";
import { rulePage } from "./rule-pages.ts";

/** What fails, why it matters and how to fix it. */
export function RulePage({ rule }: { readonly rule: string }) {
  const text = rulePage(rule);
  if (text === undefined) return <p>There is no rule {rule}.</p>;
  return (
    <article className={classes.page}>
      {readMarkdown(text).map((block, index) => (
        <MarkdownBlock key={index} block={block} />
      ))}
    </article>
  );
}

function MarkdownBlock({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case "heading":
      return block.level === 1 ? <h3>{inline(block.content)}</h3> : <h4>{inline(block.content)}</h4>;
    case "paragraph":
      return <p>{inline(block.content)}</p>;
    case "list":
      return (
        <ul>
          {withKeys(block.items, (item) => (
            <li>{inline(item)}</li>
          ))}
        </ul>
      );
    case "code":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, which needs the keyboard.
        <pre tabIndex={0}>{block.text}</pre>
      );
    case "table":
      return (
        <table>
          <thead>
            <tr>
              {withKeys(block.head, (cell) => (
                <th scope="col">{inline(cell)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {withKeys(block.rows, (row) => (
              <tr>
                {withKeys(row, (cell) => (
                  <td>{inline(cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}

function inline(pieces: readonly Inline[]): readonly ReactNode[] {
  return withKeys(pieces, (piece) => {
    switch (piece.kind) {
      case "text":
        return piece.text;
      case "code":
        return <code>{piece.text}</code>;
      case "strong":
        return <strong>{piece.text}</strong>;
      case "link":
        return (
          <a href={piece.address} target="_blank" rel="noreferrer">
            {piece.text}
          </a>
        );
    }
  });
}

function withKeys<Item>(items: readonly Item[], render: (item: Item) => ReactNode): readonly ReactNode[] {
  return items.map((item, index) => <Keyed key={index}>{render(item)}</Keyed>);
}

function Keyed({ children }: { readonly children: ReactNode }) {
  return children;
}
