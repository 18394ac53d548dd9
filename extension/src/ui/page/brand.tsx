/** The sign of Clauselight. */
import type { JSX } from "preact";

export function Brand({ size }: { size: number }): JSX.Element {
  return <img src="icons/icon.svg" width={size} height={size} alt="" />;
}
