export type Inline =
  | { is: "text" | "strong" | "em" | "code"; text: string }
  | { is: "link"; text: string; href: string };

const PATTERN = /\*\*(.+?)\*\*|\*(.+?)\*|`(.+?)`|\[([^\]]+)\]\(((?:https?:\/\/|mailto:)[^)\s]+)\)/g;

function mark([, strong, em, code, text, href]: RegExpExecArray): Inline {
  if (strong !== undefined) return { is: "strong", text: strong };
  if (em !== undefined) return { is: "em", text: em };
  if (code !== undefined) return { is: "code", text: code };
  return { is: "link", text: text ?? "", href: href ?? "" };
}

/** Bold, italic, code and links of one line of markdown. */
export function inlineOf(line: string): Inline[] {
  const found: Inline[] = [];
  let end = 0;
  for (const match of line.matchAll(PATTERN)) {
    if (match.index > end) found.push({ is: "text", text: line.slice(end, match.index) });
    found.push(mark(match));
    end = match.index + match[0].length;
  }
  if (end < line.length) found.push({ is: "text", text: line.slice(end) });
  return found;
}

export type Block =
  | { is: "heading"; level: number; lines: string[] }
  | { is: "bullets" | "numbers" | "paragraph"; lines: string[] };

function blockOf(line: string): Block {
  const heading = /^(#{1,4})\s+(.*)$/.exec(line);
  if (heading) return { is: "heading", level: heading[1]?.length ?? 1, lines: [heading[2] ?? ""] };
  const bullet = /^\s*[-*]\s+(.*)$/.exec(line);
  if (bullet) return { is: "bullets", lines: [bullet[1] ?? ""] };
  const number = /^\s*\d+[.)]\s+(.*)$/.exec(line);
  if (number) return { is: "numbers", lines: [number[1] ?? ""] };
  return { is: "paragraph", lines: [line.trim()] };
}

/** Headings, lists and paragraphs; everything else is text. */
export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let broken = true;
  for (const line of markdown.split(/\r?\n/)) {
    if (line.trim() === "") {
      broken = true;
      continue;
    }
    const block = blockOf(line);
    const last = blocks.at(-1);
    const joins = last !== undefined && !broken && last.is === block.is && block.is !== "heading";
    if (joins) last.lines.push(...block.lines);
    else blocks.push(block);
    broken = false;
  }
  return blocks;
}
