/** What one can do about a provision, asked of who knows; the quick way at the top and the section draw the same answer. */
import { useEffect, useState } from "preact/hooks";
import type { ChoiceView } from "../../actions/view";
import type { ActionsPort } from "./actions-port";

export interface Chosen {
  /** null: nobody knows, and what the record says is shown. */
  readonly choice: ChoiceView | "waiting" | null;
  /** Counts the places that were chosen here: what has the focus then is gone, and the quick way takes it. */
  readonly placed: number;
  /** A letter could not be opened. */
  readonly failed: boolean;
  setPlace(code: string): void;
  write(wayId: string): void;
}

export function useChoice(provisionId: string, port: ActionsPort | null): Chosen {
  const [choice, setChoice] = useState<ChoiceView | "waiting" | null>(port ? "waiting" : null);
  const [placed, setPlaced] = useState(0);
  const [failed, setFailed] = useState(false);
  const load = async (): Promise<void> => setChoice((await port?.choose(provisionId)) ?? null);
  useEffect(() => void load(), [provisionId]);
  return {
    choice,
    placed,
    failed,
    setPlace: (code) => void port?.setPlace(code).then(load).then(() => setPlaced(placed + 1)),
    write: (wayId) => void port?.openLetter(provisionId, wayId).then((opened) => setFailed(!opened)),
  };
}
