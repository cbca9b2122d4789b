export interface Chosen {
  readonly file: File;
  /** The path below the folder that was chosen or dropped. */
  readonly path: string;
}

export function fromInput(files: FileList | null): Chosen[] {
  return [...(files ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function readSome(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

async function inside(entry: FileSystemEntry, parent: string): Promise<Chosen[]> {
  const path = parent + entry.name;
  if (entry.isFile) return [{ file: await fileOf(entry as FileSystemFileEntry), path }];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Chosen[] = [];
  // A reader hands out a folder in portions, and an empty one ends it.
  for (let some = await readSome(reader); some.length > 0; some = await readSome(reader)) {
    for (const child of some) found.push(...(await inside(child, `${path}/`)));
  }
  return found;
}

/** Every file that was dropped, folders opened. */
export async function fromDrop(transfer: DataTransfer): Promise<Chosen[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found = await Promise.all(entries.map((entry) => inside(entry, "")));
  return found.flat();
}
