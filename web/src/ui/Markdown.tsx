import { blocksOf, inlineOf, type Block, type Inline } from "./inline";

function InlineText({ part }: { part: Inline }) {
  switch (part.is) {
    case "strong":
      return <strong>{part.text}</strong>;
    case "em":
      return <em>{part.text}</em>;
    case "code":
      return <code>{part.text}</code>;
    case "link":
      return (
        <a href={part.href} target="_blank" rel="noreferrer">
          {part.text}
        </a>
      );
    default:
      return part.text;
  }
}

function Line({ text }: { text: string }) {
  return inlineOf(text).map((part, index) => <InlineText key={index} part={part} />);
}

function MarkdownBlock({ block }: { block: Block }) {
  const items = block.lines.map((line, index) => (
    <li key={index}>
      <Line text={line} />
    </li>
  ));
  if (block.is === "bullets") return <ul>{items}</ul>;
  if (block.is === "numbers") return <ol>{items}</ol>;
  const line = <Line text={block.lines.join(" ")} />;
  if (block.is === "heading") return block.level === 1 ? <h3>{line}</h3> : <h4>{line}</h4>;
  return <p>{line}</p>;
}

/** Instructions as their author wrote them. Builds elements, never HTML, so nothing can be injected. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="prose">
      {blocksOf(text).map((block, index) => (
        <MarkdownBlock key={index} block={block} />
      ))}
    </div>
  );
}
