const PATHS = {
  back: "M10 3 5 8l5 5",
  book: "M3 3.5h4a1.5 1.5 0 0 1 1 .5 1.5 1.5 0 0 1 1-.5h4v9H9a1 1 0 0 0-1 .5 1 1 0 0 0-1-.5H3zM8 4v9",
  check: "m3.5 8.5 3 3 6-7",
  close: "m4 4 8 8m0-8-8 8",
  cloud: "M4.5 12.5a3 3 0 0 1-.3-6 4 4 0 0 1 7.7 1 2.5 2.5 0 0 1-.4 5z",
  copy: "M6 6h7v7H6zM10 6V3H3v7h3",
  dark: "M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5z",
  download: "M8 2.5v8m0 0 3-3m-3 3-3-3M3 13.5h10",
  down: "m4 6 4 4 4-4",
  enlarge: "M9.5 3H13v3.5M13 3 9 7M6.5 13H3V9.5M3 13l4-4",
  flag: "M4 14V2.5h8l-2 3 2 3H4",
  grip: "M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01",
  grid: "M3 3h4v4H3zm6 0h4v4H9zM3 9h4v4H3zm6 0h4v4H9z",
  keys: "M2 4.5h12v7H2zM4.5 7h.01M7 7h.01M9.5 7h.01M12 7h.01M5 9.3h6",
  light: "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1.5v1.3m0 10.4v1.3M1.5 8h1.3m10.4 0h1.3M3.4 3.4l.9.9m7.4 7.4.9.9m0-9.2-.9.9m-7.4 7.4-.9.9",
  onward: "m6 4 4 4-4 4",
  pause: "M5.5 3.5v9m5-9v9",
  pen: "m3 13 .7-3 7-7a1.4 1.4 0 0 1 2 0l.3.3a1.4 1.4 0 0 1 0 2l-7 7zm6.5-8.5 2 2",
  person: "M8 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zm-5 5.5c.4-2.3 2.4-3.5 5-3.5s4.6 1.2 5 3.5",
  play: "m5 3.5 7 4.5-7 4.5z",
  plus: "M8 3v10M3 8h10",
  refresh: "M13 3.5v3H10M3 12.5v-3h3m6.7-3A5 5 0 0 0 4 5M3.3 9.5A5 5 0 0 0 12 11",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zm3.3-1.2 3.2 3.2",
  skip: "m3.5 4 5 4-5 4zm9 0v8",
  star: "m8 2.2 1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4L2.2 6.5l4-.6z",
  trash: "M3 4.5h10m-6.5-2h3M4.5 4.5l.5 9h6l.5-9",
  undo: "M5.5 3 3 5.5 5.5 8M3 5.5h6.5a3.5 3.5 0 0 1 0 7H6",
  up: "m4 10 4-4 4 4",
  warning: "M8 2.5 14 13H2zM8 6.5v3m0 1.8v.01",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
