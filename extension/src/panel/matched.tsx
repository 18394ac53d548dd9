/** A matched page: the list with its filters, or one provision in full. */
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { PageState } from "../page-state";
import { t, tn } from "../platform/i18n";
import { call } from "../platform/messaging";
import { ChangedNotice } from "../ui/changed-notice";
import { disputePort, type DisputePort } from "../ui/provision/dispute-port";
import { ReportNews } from "../ui/report-news";
import { reportOf, type OwnReport } from "../own-reports";
import { actionsPort } from "../ui/provision/actions-port";
import type { Tools } from "../ui/provision/types";
import { ProvisionView } from "../ui/provision/provision-view";
import { Filters } from "./filters";
import { List } from "./list";
import { entriesOf, filterEntries, groupEntries, hasPlace, NO_FILTER, type Entry, type Order } from "./model";

const TITLE_ID = "provision-title";

export function Matched({ state, serverAddress, tools }: {
  state: PageState;
  serverAddress: string | null;
  /** On the server's own pages, for those who may change labels. */
  tools?: Tools | undefined;
}): JSX.Element {
  const entries = useMemo(() => entriesOf(state), [state]);
  const [filter, setFilter] = useState(NO_FILTER);
  const [order, setOrder] = useState<Order>("severity");
  const [current, setCurrent] = useState<string | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const disputes = useMemo(() => disputePort(state.tabId), [state.tabId]);
  const cameBack = useRef(false);
  const searchField = useRef<HTMLInputElement>(null);
  const open = entries.find(({ provision }) => provision.id === openId) ?? null;
  const shown = filterEntries(entries, filter);

  // "Show all" in the card asks for one provision.
  useEffect(() => {
    if (!state.focus) return;
    setCurrent(state.focus);
    setOpenId(state.focus);
  }, [state.focus]);

  const back = (): void => {
    cameBack.current = true;
    setOpenId(null);
    setSaid("");
  };

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
      const typing = (event.composedPath()[0] as Partial<Element> | undefined)?.matches?.("input,select,textarea");
      if (event.key === "/" && !typing) {
        event.preventDefault();
        setOpenId(null);
        // At once, since the next letters may follow; with the next drawing when a provision was open.
        if (searchField.current) searchField.current.focus();
        else setTimeout(() => searchField.current?.focus());
      } else if (event.key === "Escape" && openId) {
        event.preventDefault();
        back();
      } else if (event.key === "Escape" && filter.query) {
        event.preventDefault();
        setFilter({ ...filter, query: "" });
      }
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [openId, filter]);

  const jump = async (entry: Entry): Promise<void> => {
    const { id, title } = entry.provision;
    try {
      const { jumped } = await call("page.jump", { tabId: state.tabId, provisionId: id });
      setSaid(jumped ? t("panel_jumped", title) : t("panel_jump_failed"));
    } catch {
      setSaid(t("panel_jump_failed"));
    }
  };

  const choose = (entry: Entry): void => {
    cameBack.current = false;
    setCurrent(entry.provision.id);
    setOpenId(entry.provision.id);
    setSaid("");
    if (hasPlace(entry.outcome)) void jump(entry);
  };

  if (open) {
    return (
      <Detail
        entry={open}
        tabId={state.tabId}
        serverAddress={serverAddress}
        own={reportOf(state.reports, open.provision.id)}
        disputes={disputes}
        tools={tools}
        said={said}
        onBack={back}
        onJump={() => void jump(open)}
        onOpen={(id) => {
          const other = entries.find(({ provision }) => provision.id === id);
          if (other) choose(other);
        }}
      />
    );
  }
  const filtered = filter.query !== "" || filter.severities.length > 0 || filter.category !== null;
  return (
    <>
      <ReportNews state={state} />
      <ChangedNotice
        state={state}
        onChoose={(id) => {
          const changed = entries.find(({ provision }) => provision.id === id);
          if (changed) choose(changed);
        }}
      />
      {entries.length > 0 ? (
        <Filters
          entries={entries}
          categories={state.categories}
          filter={filter}
          order={order}
          searchField={searchField}
          onFilter={setFilter}
          onOrder={setOrder}
        />
      ) : (
        <p class="notice">{t("panel_empty")}</p>
      )}
      <p class="results" role="status">
        {entries.length > 0 ? tn("panel_results", shown.length) : ""}
      </p>
      {entries.length > 0 && shown.length === 0 ? <p class="notice">{t("panel_none")}</p> : null}
      {filtered ? (
        <button type="button" class="button quiet" onClick={() => setFilter(NO_FILTER)}>{t("panel_reset")}</button>
      ) : null}
      <List
        groups={groupEntries(shown, order)}
        reports={state.reports}
        current={current}
        focusCurrent={cameBack.current}
        onCurrent={setCurrent}
        onChoose={choose}
      />
    </>
  );
}

function Detail({ entry, tabId, own, disputes, tools, serverAddress, said, onBack, onJump, onOpen }: {
  entry: Entry;
  tabId: number;
  own: OwnReport | null;
  disputes: DisputePort;
  tools: Tools | undefined;
  serverAddress: string | null;
  said: string;
  onBack: () => void;
  onJump: () => void;
  onOpen: (id: string) => void;
}): JSX.Element {
  const top = useRef<HTMLDivElement>(null);
  const { id } = entry.provision;
  useEffect(() => {
    scrollTo(0, 0);
    top.current?.focus({ preventScroll: true });
  }, [id]);
  return (
    <div class="detail" ref={top} tabIndex={-1} role="region" aria-labelledby={TITLE_ID}>
      <div class="detail-bar">
        <button type="button" class="button quiet" onClick={onBack} aria-keyshortcuts="Escape">
          <span aria-hidden="true">{"\u2190"}</span> {t("panel_back")}
        </button>
        {hasPlace(entry.outcome) ? (
          <button type="button" class="button" onClick={onJump}>{t("panel_jump")}</button>
        ) : null}
      </div>
      <p class="said" role="status">{said}</p>
      <ProvisionView
        key={id}
        provision={entry.provision}
        report={entry.report}
        serverAddress={serverAddress}
        own={own}
        disputes={disputes}
        actions={actionsPort(tabId)}
        tools={tools}
        onOpen={onOpen}
        titleId={TITLE_ID}
        headingLevel={2}
      />
    </div>
  );
}
