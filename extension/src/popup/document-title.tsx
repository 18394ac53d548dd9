/** Which document this is. */
import type { JSX } from "preact";
import type { Document } from "../contract/types";

export function DocumentTitle({ document }: { document: Document }): JSX.Element {
  return (
    <div class="document">
      <p class="quiet small">{document.entity.name}</p>
      <h2>{document.title}</h2>
    </div>
  );
}
