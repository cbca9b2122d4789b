import { useRef } from "react";
import { fromInput, type Chosen } from "./droppedFiles";

interface FilePickerProps {
  title: string;
  disabled: boolean;
  accept: string;
  directory?: boolean;
  onChosen: (chosen: Chosen[]) => void;
}

export function FilePicker({ title, disabled, accept, directory = false, onChosen }: FilePickerProps) {
  const field = useRef<HTMLInputElement | null>(null);
  const attach = (input: HTMLInputElement | null) => {
    field.current = input;
    if (input !== null) input.webkitdirectory = directory;
  };
  return (
    <>
      <button type="button" disabled={disabled} onClick={() => field.current?.click()}>
        {title}
      </button>
      <input
        ref={attach}
        type="file"
        multiple
        hidden
        accept={accept}
        aria-label={title}
        onChange={(event) => {
          onChosen(fromInput(event.target.files));
          event.target.value = "";
        }}
      />
    </>
  );
}
