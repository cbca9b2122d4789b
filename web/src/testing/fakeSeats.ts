import type { Seat } from "../drafts/seat";

/** The tabs of a browser that tests open and close. */
export function fakeSeats() {
  const taken = new Set<string>();
  let turn: Promise<unknown> = Promise.resolve();
  return {
    take(id: string): Seat {
      taken.add(id);
      return {
        id,
        taken: () => Promise.resolve(new Set(taken)),
        alone: (work) => {
          const mine = turn.then(work);
          turn = mine.catch(() => undefined);
          return mine;
        },
        leave: () => void taken.delete(id),
      };
    },
    leave: (id: string) => taken.delete(id),
  };
}
